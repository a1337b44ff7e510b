//! A page in the browser and what a user does with it: look, press, click,
//! touch, wait.

use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};

use crate::cdp::{Browser, Event, LOOK, PATIENCE, text};

/// Everything of one user: pages of different contexts share no storage and
/// hear nothing of each other.
struct Context {
    browser: Arc<Browser>,
    id: String,
}

impl Drop for Context {
    fn drop(&mut self) {
        let params = json!({ "browserContextId": self.id });
        // If it fails the browser is gone, and the context with it.
        let _ = self
            .browser
            .try_send("", "Target.disposeBrowserContext", params);
    }
}

/// A tab or a window.
pub struct Page {
    context: Arc<Context>,
    target: String,
    session: String,
}

/// How wide and high a window is, such as `(1280, 720)`.
pub type Size = (u32, u32);

/// A common projector.
pub const WIDE: Size = (1280, 720);

/// A phone held upright.
pub const PHONE: Size = (390, 844);

impl Page {
    /// A window of a user of its own, with nothing in it.
    pub fn new(browser: &Arc<Browser>, size: Size) -> Page {
        let reply = browser.send("", "Target.createBrowserContext", json!({}));
        let context = Arc::new(Context {
            browser: browser.clone(),
            id: text(&reply["browserContextId"]),
        });
        Page::open_in(context, size)
    }

    /// A window that shows an address.
    pub fn at(browser: &Arc<Browser>, url: &str) -> Page {
        let page = Page::new(browser, WIDE);
        page.go(url);
        page
    }

    /// Another window of the same user.
    pub fn another(&self, size: Size) -> Page {
        Page::open_in(self.context.clone(), size)
    }

    fn open_in(context: Arc<Context>, size: Size) -> Page {
        let params = json!({ "url": "about:blank", "browserContextId": context.id });
        let reply = context.browser.send("", "Target.createTarget", params);
        let page = Page::attach(context, text(&reply["targetId"]));
        page.resize(size);
        page
    }

    fn attach(context: Arc<Context>, target: String) -> Page {
        let params = json!({ "targetId": target, "flatten": true });
        let reply = context.browser.send("", "Target.attachToTarget", params);
        let page = Page {
            session: text(&reply["sessionId"]),
            context,
            target,
        };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            page.send(&format!("{domain}.enable"), json!({}));
        }
        let focused = json!({ "enabled": true });
        page.send("Emulation.setFocusEmulationEnabled", focused);
        page
    }

    /// Sends a command of the protocol to this page.
    #[track_caller]
    pub fn send(&self, method: &str, params: Value) -> Value {
        self.context.browser.send(&self.session, method, params)
    }

    /// Sets the size of the window's inside.
    pub fn resize(&self, (width, height): Size) {
        // A phone's scroll bar lies over the page and takes no room.
        let is_phone = (width, height) == PHONE;
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone });
        self.send("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Opens an address and waits until it is loaded.
    #[track_caller]
    pub fn go(&self, url: &str) {
        let reply = self.send("Page.navigate", json!({ "url": url }));
        assert_eq!(
            reply["errorText"],
            Value::Null,
            "{url} cannot be opened: {reply}"
        );
        let address = url.split('#').next().unwrap_or(url);
        self.wait(&format!(
            "document.readyState === 'complete' && location.href.startsWith({address:?})"
        ));
    }

    /// Loads the page again and waits until it is loaded.
    #[track_caller]
    pub fn reload(&self) {
        self.eval("window.isOld = true");
        self.send("Page.reload", json!({}));
        self.wait("document.readyState === 'complete' && !window.isOld");
    }

    /// The second window that this page opened; waits for it.
    #[track_caller]
    pub fn popup(&self) -> Page {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(popup) = self.find_popup() {
                return popup;
            }
            std::thread::sleep(LOOK);
        }
        panic!("no second window opens\n{}", self.describe());
    }

    /// The second window that this page opened, if there is one by now.
    #[track_caller]
    pub fn find_popup(&self) -> Option<Page> {
        let browser = &self.context.browser;
        let reply = browser.send("", "Target.getTargets", json!({}));
        let info = reply["targetInfos"].as_array()?.iter().find(|info| {
            info["type"] == "page"
                && info["browserContextId"] == self.context.id.as_str()
                && info["openerId"] == self.target.as_str()
        })?;
        let popup = Page::attach(self.context.clone(), text(&info["targetId"]));
        popup.wait("document.readyState === 'complete'");
        Some(popup)
    }

    /// Closes the window and waits until it is gone.
    pub fn close(self) {
        let browser = &self.context.browser;
        let params = json!({ "targetId": self.target });
        browser.send("", "Target.closeTarget", params.clone());
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until
            && browser
                .try_send("", "Target.getTargetInfo", params.clone())
                .is_ok()
        {
            std::thread::sleep(LOOK);
        }
    }

    // ---- looking

    /// The value of an expression; a promise is awaited.
    #[track_caller]
    pub fn eval(&self, js: &str) -> Value {
        match self.try_eval(js) {
            Ok(value) => value,
            Err(fault) => panic!("{fault}\nin: {}", shortened(js)),
        }
    }

    fn try_eval(&self, js: &str) -> Result<Value, String> {
        let params = json!({
            "expression": js,
            "awaitPromise": true,
            "returnByValue": true,
            // What the page may not do, a test must not do in its name.
            "allowUnsafeEvalBlockedByCSP": false,
        });
        let browser = &self.context.browser;
        let reply = browser.try_send(&self.session, "Runtime.evaluate", params)?;
        match reply.get("exceptionDetails") {
            None => Ok(reply["result"]["value"].clone()),
            Some(details) => Err(details["exception"]["description"]
                .as_str()
                .or(details["text"].as_str())
                .unwrap_or_default()
                .to_string()),
        }
    }

    /// The value of an expression as text.
    #[track_caller]
    pub fn text(&self, js: &str) -> String {
        text(&self.eval(js))
    }

    /// The value of an expression as a number.
    #[track_caller]
    pub fn number(&self, js: &str) -> f64 {
        self.eval(js).as_f64().unwrap_or(f64::NAN)
    }

    /// The value of an expression as a list of texts.
    #[track_caller]
    pub fn list(&self, js: &str) -> Vec<String> {
        let value = self.eval(js);
        let list = value.as_array().unwrap_or_else(|| panic!("{js}: no list"));
        list.iter().map(text).collect()
    }

    /// Whether an expression holds now.
    #[track_caller]
    pub fn is(&self, js: &str) -> bool {
        self.eval(&format!("!!({js})")) == Value::Bool(true)
    }

    /// Waits until an expression holds.
    #[track_caller]
    pub fn wait(&self, js: &str) {
        let until = Instant::now() + PATIENCE;
        let mut last = Ok(Value::Null);
        while Instant::now() < until {
            // Between two documents there is nothing to ask; that is no fault.
            last = self.try_eval(&format!("!!({js})"));
            if last == Ok(Value::Bool(true)) {
                return;
            }
            std::thread::sleep(LOOK);
        }
        let why = last.err().unwrap_or_default();
        panic!("never true: {js}\n{why}\n{}", self.describe());
    }

    /// Waits until an expression has this value.
    #[track_caller]
    pub fn becomes(&self, js: &str, wanted: impl Into<Value>) {
        let wanted = wanted.into();
        let until = Instant::now() + PATIENCE;
        let mut last = Ok(Value::Null);
        while Instant::now() < until {
            last = self.try_eval(js);
            if last.as_ref() == Ok(&wanted) {
                return;
            }
            std::thread::sleep(LOOK);
        }
        panic!(
            "{js}\n  is     {last:?}\n  wanted {wanted:?}\n{}",
            self.describe()
        );
    }

    /// Waits until the address ends so (`#5.2`) and this slide alone is seen.
    #[track_caller]
    pub fn stands_at(&self, place: &str) {
        self.becomes("location.hash", place);
        let slide = place.trim_start_matches('#').split('.').next();
        self.becomes(SEEN, slide.unwrap_or_default());
    }

    /// Waits until the first slide is seen, whatever the address says.
    #[track_caller]
    pub fn stands_at_first(&self) {
        self.wait("document.documentElement.classList.contains('js')");
        self.becomes(SEEN, "1");
    }

    /// Whether somebody who looks at the page can read these words.
    ///
    /// Not by `innerText`: it leaves out what is scrolled away in a long column.
    #[track_caller]
    pub fn shows(&self, words: &str) -> bool {
        let js = format!(
            "[...document.body.querySelectorAll('*')].some(e => !e.matches('script, style') \
             && [...e.childNodes].some(n => n.nodeType === 3 && n.data.includes({words:?})) \
             && e.checkVisibility({{ visibilityProperty: true, opacityProperty: true }}))"
        );
        self.is(&js)
    }

    fn describe(&self) -> String {
        let js = "`${location.href}\n${document.title}\n${document.documentElement.className}\n${document.body?.innerText.slice(0, 800)}`";
        let seen = self.try_eval(js).map(|value| text(&value));
        let complaints = self.complaints().join("\n");
        format!("---- the page: {}\n{complaints}", seen.unwrap_or_default())
    }

    // ---- what the page did

    /// What happened in this page so far, of one kind.
    pub fn events(&self, method: &str) -> Vec<Event> {
        let mut events = self.context.browser.events(&self.session);
        events.retain(|event| event.method == method);
        events
    }

    /// Forgets what happened so far.
    pub fn forget(&self) {
        self.context.browser.forget(&self.session);
    }

    /// How often a document was loaded.
    pub fn n_navigations(&self) -> usize {
        self.events("Page.frameNavigated").len()
    }

    /// The addresses that were asked for, without what the page holds itself.
    pub fn requests(&self) -> Vec<String> {
        let urls = self.events("Network.requestWillBeSent");
        urls.iter()
            .map(|event| text(&event.params["request"]["url"]))
            .filter(|url| !url.starts_with("data:"))
            .collect()
    }

    /// Everything on the console: messages, exceptions, the browser's own words.
    pub fn complaints(&self) -> Vec<String> {
        let events = self.context.browser.events(&self.session);
        let said = |event: &Event| {
            let params = &event.params;
            match event.method.as_str() {
                "Runtime.exceptionThrown" => Some(params["exceptionDetails"].to_string()),
                "Runtime.consoleAPICalled" => Some(params["args"].to_string()),
                "Log.entryAdded" => Some(params["entry"].to_string()),
                _ => None,
            }
        };
        events.iter().filter_map(said).collect()
    }

    // ---- acting

    /// Presses a key: `ArrowRight`, `a`, `?`, `Shift+Space`.
    #[track_caller]
    pub fn key(&self, name: &str) {
        let (shift, name) = match name.strip_prefix("Shift+") {
            Some(name) => (true, name),
            None => (name == "?" || name == "+", name),
        };
        let (key, text) = match name {
            "Space" => (" ", " "),
            "Enter" => ("Enter", "\r"),
            name if name.chars().count() == 1 => (name, name),
            name => (name, ""),
        };
        let mut event = json!({
            "type": if text.is_empty() { "rawKeyDown" } else { "keyDown" },
            "key": key,
            "code": code_of(name),
            "windowsVirtualKeyCode": virtual_key(name),
            "modifiers": if shift { 8 } else { 0 },
        });
        if !text.is_empty() {
            event["text"] = text.into();
        }
        self.send("Input.dispatchKeyEvent", event.clone());
        event["type"] = "keyUp".into();
        self.send("Input.dispatchKeyEvent", event);
    }

    /// Presses keys one after the other.
    #[track_caller]
    pub fn keys(&self, names: &[&str]) {
        for name in names {
            self.key(name);
        }
    }

    /// Clicks at a point of the window.
    pub fn click(&self, x: f64, y: f64) {
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.send("Input.dispatchMouseEvent", event);
        }
    }

    /// Clicks into the middle of an element.
    #[track_caller]
    pub fn click_on(&self, selector: &str) {
        let js = format!(
            "(() => {{ const e = document.querySelector({selector:?}); e.scrollIntoView({{ block: 'nearest' }}); \
             const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2] }})()"
        );
        let at = self.eval(&js);
        let part = |i: usize| at[i].as_f64().expect("the middle of an element");
        self.click(part(0), part(1));
    }

    /// Moves one finger over the window.
    pub fn swipe(&self, from: (f64, f64), to: (f64, f64)) {
        let touch = |kind: &str, points: Value| {
            let event = json!({ "type": kind, "touchPoints": points });
            self.send("Input.dispatchTouchEvent", event);
        };
        let enabled = json!({ "enabled": true, "maxTouchPoints": 2 });
        self.send("Emulation.setTouchEmulationEnabled", enabled);
        touch("touchStart", json!([{ "x": from.0, "y": from.1 }]));
        for part in [0.25, 0.5, 0.75, 1.0] {
            let (x, y) = (
                from.0 + (to.0 - from.0) * part,
                from.1 + (to.1 - from.1) * part,
            );
            touch("touchMove", json!([{ "x": x, "y": y }]));
        }
        touch("touchEnd", json!([]));
    }

    /// Asks the page to hold still: no fade hides what is there.
    pub fn calm(&self) {
        let features = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
        self.send(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        );
    }
}

/// The numbers of the slides that are on the stage.
pub const SEEN: &str = "[...document.querySelectorAll('#deck > .frame')]\
    .filter(f => f.checkVisibility({ visibilityProperty: true }) && !f.classList.contains('leaving')).map(f => f.id).join()";

fn code_of(name: &str) -> String {
    match name {
        "?" => "Slash".into(),
        "+" => "Equal".into(),
        "-" => "Minus".into(),
        _ if name.len() > 1 => name.into(),
        _ if name.starts_with(|c: char| c.is_ascii_digit()) => format!("Digit{name}"),
        _ => format!("Key{}", name.to_uppercase()),
    }
}

fn virtual_key(name: &str) -> u32 {
    match name {
        "Backspace" => 8,
        "Tab" => 9,
        "Enter" => 13,
        "Escape" => 27,
        "Space" => 32,
        "PageUp" => 33,
        "PageDown" => 34,
        "End" => 35,
        "Home" => 36,
        "ArrowLeft" => 37,
        "ArrowUp" => 38,
        "ArrowRight" => 39,
        "ArrowDown" => 40,
        "?" => 191,
        "+" => 187,
        "-" => 189,
        _ => name
            .to_uppercase()
            .bytes()
            .next()
            .unwrap_or_default()
            .into(),
    }
}

fn shortened(js: &str) -> String {
    js.chars().take(400).collect()
}
