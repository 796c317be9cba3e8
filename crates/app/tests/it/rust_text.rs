//! A Rust source as the checks want it: code without comments, the literals apart, the tests left
//! out. It knows just enough of the language to tell these from each other.

/// A text literal.
#[derive(Clone, Debug)]
pub struct Literal {
    /// Where its first quote stands in [`RustText::code`].
    pub at: usize,
    /// What it says, escapes resolved.
    pub text: String,
}

/// A source.
pub struct RustText {
    /// Its path from the root of the project.
    pub path: String,
    /// The source with comments and the insides of literals blanked, byte for byte in place.
    pub code: String,
    /// The literals, in order.
    pub literals: Vec<Literal>,
    /// The comments, with where they begin.
    pub comments: Vec<(usize, String)>,
    /// Paths, without the ending, of modules that are compiled for tests only.
    pub test_modules: Vec<String>,
}

/// A function of a source.
pub struct Function<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where `fn` stands.
    pub at: usize,
    /// Where its body ends.
    pub end: usize,
    /// The code between the item before it and `fn`: attributes and visibility.
    pub before: &'a str,
}

impl RustText {
    /// Reads a source and takes its tests out.
    pub fn read(path: &str, text: &str) -> Self {
        let mut read = Self {
            path: path.to_owned(),
            code: String::new(),
            literals: Vec::new(),
            comments: Vec::new(),
            test_modules: Vec::new(),
        };
        read.split(text);
        read.leave_out_tests(text);
        read
    }

    /// The line of a place, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.code[..at].bytes().filter(|b| *b == b'\n').count() + 1
    }

    /// `path:line` of a place.
    pub fn place(&self, at: usize) -> String {
        format!("{}:{}", self.path, self.line(at))
    }

    /// Lines without those of tests at the foot.
    pub fn n_lines(&self) -> usize {
        self.code.trim_end().lines().count()
    }

    /// Where a text stands in the code, as whole words.
    pub fn find_all<'a>(&'a self, what: &'a str) -> impl Iterator<Item = usize> + 'a {
        let bytes = self.code.as_bytes();
        self.code
            .match_indices(what)
            .map(|(at, _)| at)
            .filter(move |at| {
                let starts = what.bytes().next().is_none_or(|b| !is_word(b))
                    || *at == 0
                    || !is_word(bytes[at - 1]);
                let end = at + what.len();
                let ends = what.bytes().last().is_none_or(|b| !is_word(b))
                    || bytes.get(end).is_none_or(|b| !is_word(*b));
                starts && ends
            })
    }

    /// The literals between two places.
    pub fn literals_in(&self, from: usize, to: usize) -> impl Iterator<Item = &Literal> {
        self.literals
            .iter()
            .filter(move |literal| (from..to).contains(&literal.at))
    }

    /// The arguments of the call whose `(` stands here: where each begins and ends.
    pub fn arguments(&self, open: usize) -> Vec<(usize, usize)> {
        let mut arguments = Vec::new();
        let mut start = open + 1;
        let mut depth = 0_i32;
        for (i, b) in self.code.bytes().enumerate().skip(open) {
            match b {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        arguments.push((start, i));
                        break;
                    }
                }
                b',' if depth == 1 => {
                    arguments.push((start, i));
                    start = i + 1;
                }
                _ => {}
            }
        }
        arguments
    }

    /// Every function that has a body.
    pub fn functions(&self) -> Vec<Function<'_>> {
        self.find_all("fn")
            .filter_map(|at| self.function(at))
            .collect()
    }

    fn function(&self, at: usize) -> Option<Function<'_>> {
        let rest = self.code[at + 2..].trim_start();
        let start = self.code.len() - rest.len();
        let name = &rest[..rest.bytes().take_while(|b| is_word(*b)).count()];
        if name.is_empty() {
            return None;
        }
        let mut depth = 0_i32;
        for (i, b) in self.code.bytes().enumerate().skip(start) {
            match b {
                b'(' | b'[' => depth += 1,
                b')' | b']' => depth -= 1,
                b';' if depth == 0 => return None,
                b'{' if depth == 0 => {
                    let before = self.code[..at]
                        .rfind([';', '{', '}'])
                        .map_or(0, |end| end + 1);
                    let before = &self.code[before..at];
                    return Some(Function {
                        name,
                        at,
                        end: self.closing(i),
                        before,
                    });
                }
                _ => {}
            }
        }
        None
    }

    /// Where the bracket that opens here closes.
    fn closing(&self, open: usize) -> usize {
        let mut depth = 0_i32;
        for (i, b) in self.code.bytes().enumerate().skip(open) {
            match b {
                b'{' | b'(' | b'[' => depth += 1,
                b'}' | b')' | b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return i;
            }
        }
        self.code.len()
    }

    fn split(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut code = Vec::with_capacity(bytes.len());
        let mut i = 0;
        while i < bytes.len() {
            let end = if bytes[i..].starts_with(b"//") || bytes[i..].starts_with(b"/*") {
                let end = comment_end(bytes, i);
                self.comments.push((i, text[i..end].to_owned()));
                blank(&mut code, &bytes[i..end]);
                end
            } else if let Some((open, end, close)) = literal(bytes, i) {
                let is_raw = bytes[i..open].contains(&b'r');
                let inside = &text[open + 1..close];
                let text = if is_raw {
                    inside.to_owned()
                } else {
                    unescape(inside)
                };
                self.literals.push(Literal { at: i, text });
                code.push(b'"');
                blank(&mut code, &bytes[i + 1..end - 1]);
                code.push(b'"');
                end
            } else if let Some(end) = character(bytes, i) {
                blank(&mut code, &bytes[i..end]);
                end
            } else {
                code.push(if bytes[i].is_ascii() { bytes[i] } else { b' ' });
                i + 1
            };
            i = end;
        }
        self.code = String::from_utf8(code).unwrap();
    }

    fn leave_out_tests(&mut self, source: &str) {
        let starts: Vec<usize> = self
            .code
            .match_indices("#[cfg(")
            .map(|(at, _)| at)
            .collect();
        for at in starts {
            let end = self.closing(at + 1) + 1;
            if !source[at..end].contains("test") || source[at..end].contains("not(") {
                continue;
            }
            let mut item = end;
            while self.code[item..].trim_start().starts_with("#[") {
                item = self.code.len() - self.code[item..].trim_start().len();
                item = self.closing(item + 1) + 1;
            }
            let stop = self.item_end(item);
            self.note_module(&source[end..item], item, stop);
            self.literals
                .retain(|literal| !(at..stop).contains(&literal.at));
            self.comments
                .retain(|(place, _)| !(at..stop).contains(place));
            let mut code = std::mem::take(&mut self.code).into_bytes();
            let mut blanked = Vec::with_capacity(stop - at);
            blank(&mut blanked, &code[at..stop]);
            code[at..stop].copy_from_slice(&blanked);
            self.code = String::from_utf8(code).unwrap();
        }
    }

    fn item_end(&self, from: usize) -> usize {
        for (i, b) in self.code.bytes().enumerate().skip(from) {
            match b {
                b';' | b',' => return i + 1,
                b'{' => return self.closing(i) + 1,
                _ => {}
            }
        }
        self.code.len()
    }

    /// A test module in a file of its own is known by its path.
    fn note_module(&mut self, attributes: &str, item: usize, stop: usize) {
        let words: Vec<&str> = self.code[item..stop]
            .trim_end_matches(';')
            .split(' ')
            .collect();
        let Some(place) = words.iter().position(|word| word.trim() == "mod") else {
            return;
        };
        if !self.code[item..stop].ends_with(';') {
            return;
        }
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let stem = self.path.trim_end_matches(".rs");
        let is_door = ["mod.rs", "lib.rs", "main.rs"]
            .iter()
            .any(|end| self.path.ends_with(end));
        let module = match attributes.split('"').nth(1) {
            Some(file) => format!("{folder}/{}", file.trim_end_matches(".rs")),
            None if is_door => format!("{folder}/{}", words[place + 1].trim()),
            None => format!("{stem}/{}", words[place + 1].trim()),
        };
        self.test_modules.push(module);
    }
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

fn blank(code: &mut Vec<u8>, bytes: &[u8]) {
    code.extend(bytes.iter().map(|b| if *b == b'\n' { b'\n' } else { b' ' }));
}

fn comment_end(bytes: &[u8], start: usize) -> usize {
    if bytes[start + 1] == b'/' {
        return bytes[start..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(bytes.len(), |n| start + n);
    }
    let (mut depth, mut i) = (0, start);
    while i < bytes.len() {
        if bytes[i..].starts_with(b"/*") {
            (depth, i) = (depth + 1, i + 2);
        } else if bytes[i..].starts_with(b"*/") {
            (depth, i) = (depth - 1, i + 2);
            if depth == 0 {
                return i;
            }
        } else {
            i += 1;
        }
    }
    bytes.len()
}

/// The first quote, the end, and the last quote of a literal that begins here.
fn literal(bytes: &[u8], i: usize) -> Option<(usize, usize, usize)> {
    if i > 0 && is_word(bytes[i - 1]) {
        return None;
    }
    let letters = bytes[i..]
        .iter()
        .take_while(|b| matches!(b, b'r' | b'b' | b'c'))
        .count();
    let hashes = bytes[i + letters..]
        .iter()
        .take_while(|b| **b == b'#')
        .count();
    let open = i + letters + hashes;
    let is_raw = bytes[i..i + letters].contains(&b'r');
    if letters > 2 || bytes.get(open) != Some(&b'"') || (hashes > 0 && !is_raw) {
        return None;
    }
    let mut close = open + 1;
    while close < bytes.len() {
        match bytes[close] {
            b'\\' if !is_raw => close += 1,
            b'"' if bytes[close + 1..]
                .iter()
                .take(hashes)
                .filter(|b| **b == b'#')
                .count()
                == hashes =>
            {
                return Some((open, close + 1 + hashes, close));
            }
            _ => {}
        }
        close += 1;
    }
    None
}

/// The end of a character literal that begins here; a lifetime is none.
fn character(bytes: &[u8], i: usize) -> Option<usize> {
    if bytes[i] != b'\'' {
        return None;
    }
    let rest = &bytes[i + 1..];
    if rest.first() == Some(&b'\\') {
        return rest
            .iter()
            .skip(2)
            .position(|b| *b == b'\'')
            .map(|n| i + n + 4);
    }
    let width = match rest.first()? {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    (rest.get(width) == Some(&b'\'')).then_some(i + width + 2)
}

fn unescape(inside: &str) -> String {
    let mut text = String::with_capacity(inside.len());
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_told_from_code() {
        let text = RustText::read(
            "crates/x/src/a.rs",
            "fn a<'a>(c: char) { // b(\"no\")\n let s = \"x\\\"y {\"; /* { */ r#\"q\"z\"#; '{'; '\\''; b'}' }\nfn z() {}",
        );
        let said: Vec<&str> = text
            .literals
            .iter()
            .map(|literal| literal.text.as_str())
            .collect();
        assert_eq!(said, ["x\"y {", "q\"z"]);
        let names: Vec<&str> = text
            .functions()
            .iter()
            .map(|function| function.name)
            .collect();
        assert_eq!(names, ["a", "z"]);
        assert_eq!(text.line(text.functions()[1].at), 3);
        assert_eq!(text.comments.len(), 2);
    }

    #[test]
    fn tests_are_left_out_inside_and_beside() {
        let text = RustText::read(
            "crates/x/src/a.rs",
            "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { \"c\"; } }\n#[cfg(test)]\n#[path = \"t.rs\"]\nmod more;\n\
             #[cfg(feature = \"testing\")]\npub mod testing;\nfn d() {}\n#[cfg(not(test))]\nfn e() {}",
        );
        assert_eq!(text.functions().len(), 3);
        assert!(text.literals.iter().all(|literal| literal.text != "c"));
        assert_eq!(
            text.test_modules,
            ["crates/x/src/t", "crates/x/src/a/testing"]
        );
    }

    #[test]
    fn arguments_are_told_apart() {
        let text = RustText::read("a.rs", "f(a, [b, c], \"d, e\", g(h, i))");
        let open = text.code.find('(').unwrap();
        let said: Vec<&str> = text
            .arguments(open)
            .iter()
            .map(|(from, to)| text.code[*from..*to].trim())
            .collect();
        assert_eq!(said, ["a", "[b, c]", "\"    \"", "g(h, i)"]);
    }
}
