//! Speaks protobuf (`proto/`) with the same commands and queries as HTTP.
