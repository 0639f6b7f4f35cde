//! Every method and every role: who may is one table, and nothing is outside of it.

use std::collections::BTreeSet;

use prost::Message;
use prost_types::FileDescriptorSet;
use sandan_app::may;
use sandan_domain::Role;
use sandan_grpc::method::Kind;
use sandan_grpc::{DESCRIPTORS, METHODS};
use serde_json::Value;
use tonic::client::Grpc;
use tonic::{Code, Status};
use tonic_prost::ProstCodec;

use crate::house::{House, by};

#[test]
fn every_method_of_the_services_is_in_the_table() {
    let described = FileDescriptorSet::decode(DESCRIPTORS).unwrap();
    let mut methods = BTreeSet::new();
    for file in described.file.iter().filter(|file| file.package() == "sandan.v1") {
        for service in &file.service {
            methods.extend(service.method.iter().map(|m| format!("/sandan.v1.{}/{}", service.name(), m.name())));
        }
    }
    assert_eq!(methods, METHODS.iter().map(|method| method.path.to_owned()).collect());
}

#[test]
fn every_command_has_its_twin_over_http() {
    let openapi: Value = serde_json::from_str(include_str!("../../../../docs/openapi.json")).unwrap();
    for method in METHODS {
        if let Kind::Command { twin } = method.kind {
            assert!(openapi["paths"][twin]["post"].is_object(), "{}: POST {twin} is not described", method.path);
        }
    }
}

/// Calls a method with an empty message.
async fn call(house: &House, token: &str, path: &'static str) -> Result<(), Status> {
    let mut grpc = Grpc::new(house.channel.clone());
    grpc.ready().await.unwrap();
    let (path, codec) = (path.parse().unwrap(), ProstCodec::<(), ()>::default());
    // A stream of answers is one answer after the other: this will do for both.
    grpc.server_streaming(by(token, ()), path, codec).await.map(|_| ())
}

#[tokio::test]
async fn every_role_may_exactly_what_the_table_says() {
    let house = House::furnished().await;
    let mut callers = vec![(Role::Resident, String::new())];
    for role in Role::STAFF {
        let unit = (role == Role::Unit).then_some("water");
        callers.push((role, house.token(role, unit, None).await));
    }
    for method in METHODS {
        for (role, token) in &callers {
            let code = match call(&house, token, method.path).await {
                Ok(()) => Code::Ok,
                Err(status) => status.code(),
            };
            match method.action {
                Some(action) if !may(*role, action) => {
                    let expected = if *role == Role::Resident { Code::Unauthenticated } else { Code::PermissionDenied };
                    assert_eq!(code, expected, "{role} {}", method.path);
                }
                // Whoever may is told what is wrong with an empty message, and nothing happens.
                _ => assert!(
                    matches!(code, Code::Ok | Code::NotFound | Code::InvalidArgument),
                    "{role} {}: {code:?}",
                    method.path
                ),
            }
        }
    }
}

#[tokio::test]
async fn a_token_that_is_none_is_an_error_and_not_a_resident() {
    let house = House::furnished().await;
    for method in METHODS {
        let status = call(&house, "sdn_nobody", method.path).await.unwrap_err();
        assert_eq!(status.code(), Code::Unauthenticated, "{}", method.path);
    }
}

#[tokio::test]
async fn another_communitys_request_is_forbidden_and_another_units_too() {
    let house = House::furnished().await;
    let filed = house.files("b", "The lamp is dark").await;
    house.seen(filed.position).await;
    let desk = house.dispatcher().await;
    let id = || filed.id.clone();
    let triage = house.requests().triage(by(&desk, crate::house::accept(&filed.id))).await;
    assert_eq!(triage.unwrap_err().code(), Code::PermissionDenied);
    let get = sandan_grpc::v1::GetRequest { id: id(), ..Default::default() };
    assert_eq!(house.requests().get(by(&desk, get)).await.unwrap_err().code(), Code::PermissionDenied);
    let claim = sandan_grpc::v1::ClaimRequest { id: id() };
    let water = house.unit("water").await;
    assert_eq!(house.requests().claim(by(&water, claim)).await.unwrap_err().code(), Code::PermissionDenied);
}
