using Sluice.Configuration;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Tests.Routing;

public sealed class RoutingAllocationTests
{
    [Fact]
    public void FindAndMatch_AnyKindOfEntry_AllocateNothing()
    {
        var predicates = new RouteMatch
        {
            Path = new PathMatch(PathMatchType.PathPrefix, "/p"),
            Method = "GET",
            Headers = [new ValueMatch("x-a", ValueMatchType.Exact, "1,2"), new ValueMatch("x-a", ValueMatchType.RegularExpression, "[12,]+"), new ValueMatch("x-b", ValueMatchType.RegularExpression, "[0-9]+")],
            QueryParams = [new ValueMatch("q", ValueMatchType.RegularExpression, "v.*")],
        };
        RouteEntry[] entries =
        [
            new(predicates, Samples.Rule("predicates", new WeightedBackend { Cluster = "a", Weight = 1 }, new WeightedBackend { Cluster = "b", Weight = 2 })),
            Samples.Pattern("pattern", "/items/[0-9]+"),
            .. Enumerable.Range(0, 200).Select(i => Samples.Exact($"{i}", $"/exact/{i}")),
            .. Enumerable.Range(0, 200).Select(i => Samples.Prefix($"{i}", $"/prefix/{i}")),
        ];
        ListenerTable table = ListenerTable.Create(
        [
            Samples.Compile(Samples.Listener("every", "", Samples.Host("*", entries))),
            Samples.Compile(Samples.Listener("wild", "*.example.com", [.. Enumerable.Range(0, 100).Select(i => Samples.Host($"{i}.example.com", entries[..3]))])),
        ]);
        RequestHead[] heads =
        [
            TestHead.Create("GET", "h", "/p/x", "?q=value", ("X-A", "1"), ("X-A", "2"), ("X-B", "42")),
            TestHead.Get("/items/12345"),
            TestHead.Get("/exact/150"),
            TestHead.Get("/prefix/77/below/that"),
            TestHead.Create("GET", "7.EXAMPLE.com:8080", "/items/7", ""),
            TestHead.Create("GET", "70.example.com.", "/p", ""),
            TestHead.Get("/nothing/" + new string('x', 2000)),
        ];

        // Code is compiled, expressions build their automata and pools fill as it runs; what each request allocated would show in
        // every round.
        long allocated = long.MaxValue;
        int matched = 0;
        for (int round = 0; round < 10 && allocated > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            matched = Run(table, heads, 2000);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.Equal(10_000, matched);
    }

    private static int Run(ListenerTable table, RequestHead[] heads, int times)
    {
        int matched = 0;
        for (int i = 0; i < times; i++)
        {
            foreach (RequestHead head in heads)
            {
                if (table.Match(head, out _) is { } entry)
                {
                    (entry.Rule.Action as RuntimeForward)?.Choose();
                    matched++;
                }
            }
        }
        return matched;
    }
}
