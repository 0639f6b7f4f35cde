//! Why a table could not be written.

/// Messages are fragments that fit after "failed to".
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    #[error("write the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("write the table: {0}")]
    Table(#[from] csv::Error),
    #[error("write a temporary file: {0}")]
    File(#[from] std::io::Error),
}
