@_silgen_name("LLVMFuzzerMutate")
private func mutate(_ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int

/// libFuzzer's own change, or now and then a stretch of the input over and over: what takes
/// quadratic time shows in long texts only, and byte by byte no input ever becomes long.
@_cdecl("LLVMFuzzerCustomMutator")
public func change(
    _ data: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: CUnsignedInt
) -> Int {
    guard seed % 128 == 0, count > 0, most > count else { return mutate(data, count, most) }
    var random = Int(seed / 128)
    let start = random % count
    random /= 7
    let end = min(count, start + 1 + random % 64)
    let part = Array(UnsafeBufferPointer(start: data + start, count: end - start))
    let tail = Array(UnsafeBufferPointer(start: data + end, count: count - end))
    let times = (most - count) / part.count
    var place = end
    for byte in (0..<times).lazy.flatMap({ _ in part }) + tail {
        data[place] = byte
        place += 1
    }
    return place
}
