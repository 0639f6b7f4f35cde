//! `proto/` itself: everything is explained, and nothing that was released changes.

use std::collections::BTreeSet;

use prost::Message;
use prost_types::field_descriptor_proto::{Label, Type};
use prost_types::{DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorProto, FileDescriptorSet};
use sandan_grpc::DESCRIPTORS;

/// Every line of it holds for ever. A new line is added with what it says; see `docs/how-to/use-grpc.md`.
const RELEASED: &str = include_str!("../../../../proto/released.txt");

fn files() -> Vec<FileDescriptorProto> {
    let set = FileDescriptorSet::decode(DESCRIPTORS).unwrap();
    set.file.into_iter().filter(|file| file.package() == "sandan.v1").collect()
}

/// One line for everything that a program on the other side can hold on to.
fn lines() -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for file in files() {
        for service in &file.service {
            for method in &service.method {
                let stream = if method.server_streaming() { "stream " } else { "" };
                let (input, output) = (method.input_type(), method.output_type());
                let path = format!("/sandan.v1.{}/{}", service.name(), method.name());
                lines.insert(format!("rpc {path} ({input}) returns ({stream}{output})"));
            }
        }
        for message in &file.message_type {
            describe("sandan.v1", message, &mut lines);
        }
        for of_file in &file.enum_type {
            values("sandan.v1", of_file, &mut lines);
        }
    }
    lines
}

fn describe(above: &str, message: &DescriptorProto, lines: &mut BTreeSet<String>) {
    let name = format!("{above}.{}", message.name());
    for field in &message.field {
        lines.insert(format!("{name}.{} = {} {}", field.name(), field.number(), kind(field)));
    }
    message.enum_type.iter().for_each(|inner| values(&name, inner, lines));
    message.nested_type.iter().for_each(|inner| describe(&name, inner, lines));
}

fn kind(field: &FieldDescriptorProto) -> String {
    let label = match field.label() {
        Label::Repeated => "repeated ",
        _ if field.proto3_optional() => "optional ",
        _ => "",
    };
    match field.r#type() {
        Type::Message | Type::Enum => format!("{label}{}", field.type_name()),
        other => format!("{label}{}", other.as_str_name().trim_start_matches("TYPE_").to_lowercase()),
    }
}

fn values(above: &str, described: &EnumDescriptorProto, lines: &mut BTreeSet<String>) {
    for value in &described.value {
        lines.insert(format!("{above}.{}.{} = {}", described.name(), value.name(), value.number()));
    }
}

#[test]
fn what_was_released_stays_and_what_is_new_is_written_down() {
    let released: BTreeSet<String> = RELEASED.lines().map(str::to_owned).collect();
    let now = lines();
    let gone: Vec<_> = released.difference(&now).collect();
    assert!(gone.is_empty(), "programs out there hold on to {gone:#?}");
    let new: Vec<_> = now.difference(&released).cloned().collect();
    assert!(new.is_empty(), "add to proto/released.txt, in its place:\n{}", new.join("\n"));
    assert!(RELEASED.lines().is_sorted(), "proto/released.txt is sorted");
}

#[test]
fn everything_is_explained() {
    let mut bare = Vec::new();
    for file in files() {
        let locations = file.source_code_info.as_ref().unwrap();
        let mut check = |path: &[i32], name: String| {
            let location = locations.location.iter().find(|location| location.path == path);
            let comment = location.map(|location| location.leading_comments().trim()).unwrap_or_default();
            if comment.is_empty() {
                bare.push(name);
            }
        };
        // Numbers of the fields of a file's descriptor: 4 messages, 5 enums, 6 services; of a message: 2 fields,
        // 3 messages, 4 enums; of an enum and of a service: 2.
        for (nth, message) in (0..).zip(&file.message_type) {
            message_is_explained(&[4, nth], message, &mut check);
        }
        for (nth, described) in (0..).zip(&file.enum_type) {
            enum_is_explained(&[5, nth], described, &mut check);
        }
        for (nth, service) in (0..).zip(&file.service) {
            check(&[6, nth], service.name().to_owned());
            for (inner, method) in (0..).zip(&service.method) {
                check(&[6, nth, 2, inner], format!("{}/{}", service.name(), method.name()));
            }
        }
    }
    assert!(bare.is_empty(), "without a comment: {bare:?}");
}

fn message_is_explained(path: &[i32], message: &DescriptorProto, check: &mut impl FnMut(&[i32], String)) {
    check(path, message.name().to_owned());
    for (nth, field) in (0..).zip(&message.field) {
        check(&[path, &[2, nth]].concat(), format!("{}.{}", message.name(), field.name()));
    }
    for (nth, inner) in (0..).zip(&message.nested_type) {
        if inner.options.as_ref().is_some_and(|options| options.map_entry()) {
            // Of a map the field is explained; its entries are made by the compiler.
            continue;
        }
        message_is_explained(&[path, &[3, nth]].concat(), inner, check);
    }
    for (nth, inner) in (0..).zip(&message.enum_type) {
        enum_is_explained(&[path, &[4, nth]].concat(), inner, check);
    }
}

fn enum_is_explained(path: &[i32], described: &EnumDescriptorProto, check: &mut impl FnMut(&[i32], String)) {
    check(path, described.name().to_owned());
    for (nth, value) in (0..).zip(&described.value) {
        check(&[path, &[2, nth]].concat(), value.name().to_owned());
    }
}
