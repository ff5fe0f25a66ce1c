import FuzzProperties

/// libFuzzer's entry: one text as a URL.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let violation = URLProperty.violation(in: bytes) { fatalError(violation) }
    return 0
}
