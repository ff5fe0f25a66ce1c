import FuzzProperties

/// libFuzzer's entry: some bytes as the record of an environment.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let violation = StateProperty.violation(in: bytes) { fatalError(violation) }
    return 0
}
