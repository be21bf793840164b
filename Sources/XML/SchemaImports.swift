import CXML
import Synchronization

/// The one way by which libxml2 reaches another file: a schema that is compiled may import texts that were given.
enum SchemaImports {
    /// What the schema being compiled may import, by its location. libxml2 has one loader for the whole process.
    private static let given = Mutex<[String: String]>([:])
    /// Held while a schema compiles, so that no other schema sees its imports.
    private static let turn = Mutex(())

    /// Takes the place of libxml2's loader, which would open files and addresses.
    static func install() {
        xmlSetExternalEntityLoader { location, _, context in SchemaImports.load(location, context) }
    }

    /// Does something while the texts can be imported, and nothing else.
    static func allow(_ imports: [String: String], during body: () -> Void) {
        turn.withLock { _ in
            given.withLock { $0 = imports }
            body()
            given.withLock { $0 = [:] }
        }
    }

    private static func load(_ location: UnsafePointer<CChar>?, _ context: xmlParserCtxtPtr?)
        -> xmlParserInputPtr?
    {
        guard let location else { return nil }
        let name = String(cString: location)
        guard var text = given.withLock({ $0[name] }) else { return nil }
        let buffer = text.withUTF8 { bytes in
            // libxml2 copies the bytes.
            bytes.withMemoryRebound(to: CChar.self) {
                xmlParserInputBufferCreateMem(
                    $0.baseAddress, Int32(clamping: $0.count), XML_CHAR_ENCODING_UTF8)
            }
        }
        guard let buffer, let input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_UTF8)
        else { return nil }
        input.pointee.filename = UnsafeRawPointer(xmlCharStrdup(location))?.assumingMemoryBound(
            to: CChar.self)
        return input
    }
}
