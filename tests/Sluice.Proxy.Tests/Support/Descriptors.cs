namespace Sluice.Proxy.Tests.Support;

/// <summary>What this process has open that a proxy could have left: sockets, pipes, event and epoll descriptors.</summary>
internal static class Descriptors
{
    private static readonly string[] Kinds = ["socket", "pipe", "anon_inode"];

    public static int Count() => Names().Count();

    /// <summary>Waits until no more than before are open; what the test itself let go may take a moment.</summary>
    public static async Task ExpectNoMoreThan(int before)
    {
        try
        {
            await Eventually.Holds(() => Collected() <= before, "all descriptors are back");
        }
        catch (TimeoutException)
        {
            var kinds = Names().GroupBy(name => name.Split(':')[0] + (name.Contains('[') && name.StartsWith("anon", StringComparison.Ordinal) ? name[name.IndexOf('[')..] : "")).Select(group => $"{group.Count()} {group.Key}");
            Assert.Fail($"{before} descriptors were open before, now {Count()}: {string.Join(", ", kinds)}");
        }
    }

    /// <summary>Sockets of tests that only the finalizer closes do not count.</summary>
    private static int Collected()
    {
        var count = Count();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return count;
    }

    private static IEnumerable<string> Names()
    {
        foreach (var path in Directory.GetFiles("/proc/self/fd"))
        {
            string? target;
            try
            {
                target = new FileInfo(path).LinkTarget;
            }
            catch (IOException)
            {
                continue;
            }

            if (target is not null && Kinds.Any(kind => target.StartsWith(kind, StringComparison.Ordinal)))
                yield return target;
        }
    }
}
