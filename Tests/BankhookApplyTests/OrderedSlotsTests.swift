import BankhookApply
import Testing

@Suite(.timeLimit(.minutes(5))) struct OrderedSlotsTests {
    @Test func `slots are handed out in the order of their numbers`() async {
        let slots = OrderedSlots(1)
        let order = Shared([Int]())
        await withTaskGroup(of: Void.self) { group in
            for number in [3, 1, 2, 0] {
                group.addTask {
                    #expect(await slots.take(number))
                    order.update { $0.append(number) }
                    slots.leave(number)
                }
            }
        }
        #expect(order.value == [0, 1, 2, 3])
    }

    @Test func `no more slots are held than there are`() async {
        let slots = OrderedSlots(3)
        let held = Shared((now: 0, most: 0))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    #expect(await slots.take(number))
                    held.update { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                    await Task.yield()
                    held.update { $0.now -= 1 }
                    slots.leave(number)
                }
            }
        }
        #expect(held.value.most <= 3)
    }

    @Test func `who leaves before the turn is skipped, and holds nobody up`() async {
        let slots = OrderedSlots(1)
        #expect(await slots.take(0))
        slots.leave(2)
        slots.leave(1)
        slots.leave(1)
        slots.leave(0)
        slots.leave(0)
        #expect(await slots.take(3))
        // A slot that is given back twice is one slot.
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await slots.take(4) }
            group.addTask {
                slots.close()
                return false
            }
            for await isTaken in group { #expect(!isTaken) }
        }
    }

    @Test func `who is cancelled while waiting gets nothing and holds nobody up`() async {
        let slots = OrderedSlots(1)
        #expect(await slots.take(0))
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await slots.take(1) }
            await Task.yield()
            group.cancelAll()
            for await isTaken in group { #expect(!isTaken) }
        }
        slots.leave(0)
        #expect(await slots.take(2))
    }

    @Test func `closed slots let everybody go, now and later`() async {
        let slots = OrderedSlots(1)
        #expect(await slots.take(0))
        await withTaskGroup(of: Bool.self) { group in
            for number in 1..<5 { group.addTask { await slots.take(number) } }
            group.addTask {
                slots.close()
                return false
            }
            for await isTaken in group { #expect(!isTaken) }
        }
        slots.leave(0)
        #expect(await !slots.take(5))
    }
}
