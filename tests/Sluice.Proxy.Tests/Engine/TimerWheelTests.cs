using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Tests.Engine;

/// <summary>The wheel against a plain list of deadlines.</summary>
public sealed class TimerWheelTests
{
    private const long Start = 1_000_003;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void RandomUse_FiresEachInItsTick_AndNeverSleepsPastOne(int seed)
    {
        var random = new Random(seed);
        var now = Start;
        var wheel = new TimerWheel(now, (_, exception) => throw exception);
        var nodes = Enumerable.Range(0, 60).Select(_ => new Node()).ToArray();
        var clock = now;
        foreach (var node in nodes)
        {
            node.Fired = () =>
            {
                Assert.True(node.Expected <= clock, "fired too early, or though it was cancelled");
                node.Expected = null;

                // Callbacks set and cancel their own and other timers.
                if (random.Next(3) == 0)
                    Schedule(wheel, node, clock + random.Next(-50, 100_000));
                var other = nodes[random.Next(nodes.Length)];
                if (random.Next(4) == 0)
                    Cancel(wheel, other);
                else if (random.Next(4) == 0)
                    Schedule(wheel, other, clock + random.Next(100_000));
            };
        }

        for (var step = 0; step < 20_000; step++)
        {
            var node = nodes[random.Next(nodes.Length)];
            if (random.Next(8) == 0)
                Cancel(wheel, node);
            else
                Schedule(wheel, node, now + (random.Next(10) == 0 ? random.Next(400_000) : random.Next(-20, 3000)));

            var delay = wheel.NextDelay(now);
            var due = nodes.Min(other => other.Expected);
            if (due is not null)
                Assert.InRange(delay, 0, Math.Max(0, (Math.Max(TickOf(due.Value), (now / TimerWheel.Tick) + 1) * TimerWheel.Tick) - now));

            // Mostly as the loop sleeps, sometimes far too long.
            now += random.Next(50) == 0 ? random.Next(300_000) : random.Next(20);
            clock = now;
            wheel.Advance(now);
            Assert.DoesNotContain(nodes, other => other.Expected is not null && other.DueTick <= now / TimerWheel.Tick);
        }

        void Schedule(TimerWheel timers, Node node, long deadline)
        {
            timers.Schedule(node, deadline);
            node.Expected = deadline;
            node.DueTick = Math.Max(TickOf(deadline), (clock / TimerWheel.Tick) + 1);
        }

        static void Cancel(TimerWheel timers, Node node)
        {
            timers.Cancel(node);
            node.Expected = null;
        }
    }

    [Fact]
    public void DeadlineMovedLater_FiresOnce_AtTheLaterTime()
    {
        var wheel = new TimerWheel(0, (_, exception) => throw exception);
        var count = 0;
        var node = new Node { Fired = () => count++ };

        for (var now = 0; now < 200_000; now += 1000)
        {
            wheel.Schedule(node, now + 300_000);
            wheel.Advance(now);
        }

        wheel.Advance(498_000);
        Assert.Equal(0, count);
        wheel.Advance(500_000);
        Assert.Equal(1, count);
        Assert.Equal(-1, wheel.NextDelay(500_000));
    }

    [Fact]
    public void CallbackThatThrows_IsReported_AndTheOthersAreCalled()
    {
        var faults = new List<TimerNode>();
        var wheel = new TimerWheel(0, (node, _) => faults.Add(node));
        var count = 0;
        var bad = new Node { Fired = () => throw new InvalidOperationException() };
        wheel.Schedule(new Node { Fired = () => count++ }, 100);
        wheel.Schedule(bad, 100);
        wheel.Schedule(new Node { Fired = () => count++ }, 100);

        wheel.Advance(200);

        Assert.Equal([bad], faults);
        Assert.Equal(2, count);
    }

    private static long TickOf(long deadline) => (deadline + TimerWheel.Tick - 1) / TimerWheel.Tick;

    private sealed class Node : TimerNode
    {
        public Action Fired { get; set; } = () => { };

        public long? Expected { get; set; }

        /// <summary>A deadline that has passed when it is set is due with the next tick.</summary>
        public long DueTick { get; set; }

        internal override void OnTimer() => Fired();
    }
}
