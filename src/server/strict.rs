//! Bodies are checked against the same schema that is served: what the document says holds by construction.
//!
//! Knows the words of JSON Schema that the document uses; patterns are left to the types' own parsers.

use serde_json::Value;

/// The served document, for looking up what a body must be.
#[derive(Clone, Debug)]
pub struct Schemas {
    document: Value,
}

impl Schemas {
    /// Takes the served document.
    #[must_use]
    pub const fn new(document: Value) -> Self {
        Self { document }
    }

    /// Checks a value against a named schema.
    ///
    /// # Errors
    /// Says where the value does not fit; never what stands there.
    pub fn check(&self, name: &str, value: &Value) -> Result<(), String> {
        let schema = self
            .document
            .pointer("/components/schemas")
            .and_then(|s| s.get(name))
            .ok_or_else(|| format!("no schema {name}"))?;
        self.fits(schema, value, "")
    }

    fn fits(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self
                .document
                .pointer(reference.trim_start_matches('#'))
                .ok_or_else(|| format!("no schema {reference}"))?;
            return self.fits(target, value, at);
        }
        for part in list(schema, "allOf") {
            self.fits(part, value, at)?;
        }
        let choices = list(schema, "oneOf").chain(list(schema, "anyOf"));
        self.one_of(&choices.collect::<Vec<_>>(), value, at)?;
        type_fits(schema, value).map_err(|e| format!("{at}: {e}"))?;
        match value {
            Value::Object(fields) => self.object(schema, fields, at),
            Value::Array(items) => self.array(schema, items, at),
            Value::String(text) => string(schema, text).map_err(|e| format!("{at}: {e}")),
            Value::Number(number) => bounds(schema, number).map_err(|e| format!("{at}: {e}")),
            Value::Null | Value::Bool(_) => Ok(()),
        }
    }

    fn one_of(&self, choices: &[&Value], value: &Value, at: &str) -> Result<(), String> {
        if let Some(choice) = choices.iter().find(|c| tagged(c, value)) {
            return self.fits(choice, value, at);
        }
        let mut last = None;
        for choice in choices {
            match self.fits(choice, value, at) {
                Ok(()) => return Ok(()),
                // The choice that got furthest into the value says best what is wrong.
                Err(e) if last.as_ref().is_none_or(|l: &String| deep(&e) > deep(l)) => {
                    last = Some(e);
                }
                Err(_) => {}
            }
        }
        last.map_or(Ok(()), Err)
    }

    fn object(
        &self,
        schema: &Value,
        fields: &serde_json::Map<String, Value>,
        at: &str,
    ) -> Result<(), String> {
        for name in list(schema, "required").filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                return Err(format!("{at}/{name}: is missing"));
            }
        }
        let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        for (name, value) in fields {
            match schema.get("properties").and_then(|p| p.get(name)) {
                Some(property) => self.fits(property, value, &format!("{at}/{name}"))?,
                // An unknown name is the sender's own word: it is not repeated.
                None if closed => return Err(format!("{at}: holds an unknown field")),
                None => {}
            }
        }
        Ok(())
    }

    fn array(&self, schema: &Value, items: &[Value], at: &str) -> Result<(), String> {
        let length = items.len() as u64;
        if limit(schema, "minItems").is_some_and(|min| length < min) {
            return Err(format!("{at}: has too few entries"));
        }
        if limit(schema, "maxItems").is_some_and(|max| length > max) {
            return Err(format!("{at}: has too many entries"));
        }
        if let Some(item) = schema.get("items") {
            for (index, value) in items.iter().enumerate() {
                self.fits(item, value, &format!("{at}/{index}"))?;
            }
        }
        Ok(())
    }
}

/// Says in the document that a command holds no unknown field: the reader refuses it, but the derive tells it only of
/// plain structs.
pub(super) fn close_choices(document: &mut Value) {
    for name in ["CommandBody", "ReviewAct"] {
        let choices = document
            .pointer_mut(&format!("/components/schemas/{name}/oneOf"))
            .and_then(Value::as_array_mut);
        for choice in choices
            .into_iter()
            .flatten()
            .filter_map(Value::as_object_mut)
        {
            choice.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
    }
}

/// Whether the choice is the one that the value names by its tag: a field that can be one word only.
fn tagged(choice: &Value, value: &Value) -> bool {
    let properties = choice.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().any(|(name, schema)| {
        let words = schema.get("enum").and_then(Value::as_array);
        words.is_some_and(|w| w.len() == 1 && w.first() == value.get(name))
    })
}

fn deep(error: &str) -> usize {
    error
        .split(':')
        .next()
        .unwrap_or_default()
        .matches('/')
        .count()
}

fn list<'a>(schema: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    schema
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn limit(schema: &Value, key: &str) -> Option<u64> {
    schema.get(key).and_then(Value::as_u64)
}

fn type_fits(schema: &Value, value: &Value) -> Result<(), String> {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    };
    let fits = match schema.get("type") {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        _ => true,
    };
    if !fits {
        return Err("is of the wrong type".to_owned());
    }
    let words = schema.get("enum").and_then(Value::as_array);
    let fixed = schema.get("const");
    if words.is_some_and(|w| !w.contains(value)) || fixed.is_some_and(|c| c != value) {
        return Err("is not one of the known words".to_owned());
    }
    Ok(())
}

fn string(schema: &Value, text: &str) -> Result<(), String> {
    let (min, max) = (limit(schema, "minLength"), limit(schema, "maxLength"));
    if min.is_some() || max.is_some() {
        let length = text.chars().count() as u64;
        if min.is_some_and(|min| length < min) {
            return Err("is too short".to_owned());
        }
        if max.is_some_and(|max| length > max) {
            return Err("is too long".to_owned());
        }
    }
    if schema.get("format").and_then(Value::as_str) == Some("uuid") && !is_uuid(text) {
        return Err("is no UUID with hyphens".to_owned());
    }
    Ok(())
}

/// Whether a text is a UUID in its hyphenated form, the only one that travels.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::parse_str(text).is_ok()
}

fn bounds(schema: &Value, number: &serde_json::Number) -> Result<(), String> {
    let Some(value) = number.as_f64() else {
        return Ok(());
    };
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    if bound("minimum").is_some_and(|min| value < min)
        || bound("maximum").is_some_and(|max| value > max)
    {
        return Err("is out of range".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Schemas;
    use serde_json::json;

    #[test]
    fn says_where_and_never_what() {
        let schemas = Schemas::new(json!({"components": {"schemas": {
            "Id": {"type": "string", "format": "uuid"},
            "Thing": {"type": "object", "required": ["id"], "additionalProperties": false, "properties": {
                "id": {"$ref": "#/components/schemas/Id"},
                "n": {"type": ["integer", "null"], "minimum": 1, "maximum": 9},
                "words": {"type": "array", "maxItems": 1, "items": {"type": "string", "minLength": 1, "maxLength": 2}},
                "one": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Id"}]}
            }}
        }}}));
        let id = "00000000-0000-0000-0000-000000000001";
        for (value, expected) in [
            (json!({"id": id}), None),
            (
                json!({"id": id, "n": null, "words": ["退款"], "one": null}),
                None,
            ),
            (json!({}), Some("/id: is missing")),
            (json!({"id": "x"}), Some("/id: is no UUID with hyphens")),
            (json!({"id": id, "n": 10}), Some("/n: is out of range")),
            (
                json!({"id": id, "n": 1.5}),
                Some("/n: is of the wrong type"),
            ),
            (
                json!({"id": id, "words": [""]}),
                Some("/words/0: is too short"),
            ),
            (
                json!({"id": id, "words": ["一二三"]}),
                Some("/words/0: is too long"),
            ),
            (
                json!({"id": id, "words": ["a", "b"]}),
                Some("/words: has too many entries"),
            ),
            (
                json!({"id": id, "secret": 1}),
                Some(": holds an unknown field"),
            ),
            (json!([]), Some(": is of the wrong type")),
        ] {
            assert_eq!(
                schemas.check("Thing", &value).err().as_deref(),
                expected,
                "{value}"
            );
        }
    }
}
