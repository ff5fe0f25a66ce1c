import FuzzProperties

/// libFuzzer's entry: some bytes as a configuration and as a policy file.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let violation = YAMLProperty.violation(in: bytes) { fatalError(violation) }
    return 0
}
