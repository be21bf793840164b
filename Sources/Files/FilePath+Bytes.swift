package import SystemPackage

extension FilePath {
    /// This path with a relative path of exactly these bytes behind it.
    package func appending(bytes: [UInt8]) -> FilePath {
        let relative = (bytes + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
            }
        }
        return appending(relative.components)
    }
}

extension FilePath.Component {
    /// The name's bytes, as the disk has them.
    package var bytes: [UInt8] {
        withPlatformString { text in
            var count = 0
            while text[count] != 0 { count += 1 }
            return Array(UnsafeRawBufferPointer(start: text, count: count))
        }
    }
}
