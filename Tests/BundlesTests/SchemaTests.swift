import Testing
@Suite struct SchemaTests {}
