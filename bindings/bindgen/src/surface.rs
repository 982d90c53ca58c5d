//! Everything that Kotlin and Swift can see, as text that a review can read.

use std::collections::BTreeMap;
use std::fmt::Write;

use uniffi_bindgen::macro_metadata::extract_from_library;
use uniffi_meta::{EnumMetadata, FieldMetadata, FnParamMetadata, Metadata, ObjectImpl, Type, VariantMetadata};

/// A declaration, and what belongs to it in an order of its own.
#[derive(Default)]
struct Item {
    heading: String,
    members: Vec<String>,
}

/// The exported surface of this library: one item a paragraph, in the order of their names.
pub fn of_library(path: &str) -> Result<String, String> {
    let exported = extract_from_library(path.into()).map_err(|error| format!("{path}: {error:#}"))?;
    let mut items: BTreeMap<String, Item> = BTreeMap::new();
    for metadata in exported {
        add(&mut items, metadata);
    }
    let mut text = String::new();
    for item in items.values_mut() {
        // Fields and variants cross in their order; methods have none.
        if item.heading.starts_with("object") || item.heading.starts_with("trait") {
            item.members.sort();
        }
        let _ = writeln!(text, "{}", item.heading);
        for member in &item.members {
            let _ = writeln!(text, "    {member}");
        }
        text.push('\n');
    }
    Ok(text.trim_end().to_owned() + "\n")
}

fn add(items: &mut BTreeMap<String, Item>, metadata: Metadata) {
    let mut declare = |name: &str, heading: String, members: Vec<String>| {
        let item = items.entry(name.to_owned()).or_default();
        item.heading = heading;
        item.members.extend(members);
    };
    match metadata {
        Metadata::Func(it) => {
            let signature = signature(&it.name, it.is_async, &it.inputs, it.throws.as_ref(), it.return_type.as_ref());
            declare(&it.name, format!("function {signature}"), Vec::new());
        }
        Metadata::Object(it) => {
            let what = if it.imp == ObjectImpl::Struct { "object" } else { "trait" };
            declare(&it.name, format!("{what} {}", it.name), Vec::new());
        }
        Metadata::Record(it) => {
            declare(&it.name, format!("record {}", it.name), it.fields.iter().map(field).collect());
        }
        Metadata::Enum(it) => declare(&it.name, enum_heading(&it), it.variants.iter().map(variant).collect()),
        Metadata::CustomType(it) => declare(&it.name, format!("type {} = {}", it.name, shown(&it.builtin)), Vec::new()),
        Metadata::Constructor(it) => {
            let signature = signature(&it.name, it.is_async, &it.inputs, it.throws.as_ref(), None);
            items.entry(it.self_name).or_default().members.push(format!("constructor {signature}"));
        }
        Metadata::Method(it) => {
            let signature = signature(&it.name, it.is_async, &it.inputs, it.throws.as_ref(), it.return_type.as_ref());
            items.entry(it.self_name).or_default().members.push(signature);
        }
        Metadata::TraitMethod(it) => {
            let signature = signature(&it.name, it.is_async, &it.inputs, it.throws.as_ref(), it.return_type.as_ref());
            items.entry(it.trait_name).or_default().members.push(signature);
        }
        Metadata::Namespace(_)
        | Metadata::UdlFile(_)
        | Metadata::CallbackInterface(_)
        | Metadata::UniffiTrait(_)
        | Metadata::ObjectTraitImpl(_) => {}
    }
}

fn enum_heading(it: &EnumMetadata) -> String {
    format!("{} {}", if it.shape.is_error() { "error" } else { "enum" }, it.name)
}

fn variant(it: &VariantMetadata) -> String {
    let fields: Vec<String> = it.fields.iter().map(field).collect();
    match fields.as_slice() {
        [] => it.name.clone(),
        [only] if it.fields[0].name.is_empty() => format!("{}({})", it.name, only.trim_start_matches(": ")),
        fields => format!("{} {{ {} }}", it.name, fields.join(", ")),
    }
}

fn field(it: &FieldMetadata) -> String {
    let default = if it.default.is_some() { " (may be left out)" } else { "" };
    format!("{}: {}{default}", it.name, shown(&it.ty))
}

fn signature(
    name: &str,
    is_async: bool,
    inputs: &[FnParamMetadata],
    throws: Option<&Type>,
    answer: Option<&Type>,
) -> String {
    let inputs: Vec<_> = inputs.iter().map(|input| format!("{}: {}", input.name, shown(&input.ty))).collect();
    let mut text = format!("{name}({})", inputs.join(", "));
    if is_async {
        text.push_str(" async");
    }
    if throws.is_some() {
        text.push_str(" throws");
    }
    if let Some(answer) = answer {
        let _ = write!(text, " -> {}", shown(answer));
    }
    text
}

fn shown(ty: &Type) -> String {
    match ty {
        Type::Optional { inner_type } => format!("{}?", shown(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", shown(inner_type)),
        Type::Set { inner_type } => format!("set of {}", shown(inner_type)),
        Type::Map { key_type, value_type } => format!("[{}: {}]", shown(key_type), shown(value_type)),
        Type::Box { inner_type } => shown(inner_type),
        Type::Object { name, .. }
        | Type::Record { name, .. }
        | Type::Enum { name, .. }
        | Type::CallbackInterface { name, .. }
        | Type::Custom { name, .. } => name.clone(),
        plain => format!("{plain:?}").to_lowercase(),
    }
}
