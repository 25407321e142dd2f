using FsCheck;
using FsCheck.Fluent;
using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Tests.Routing;

/// <summary>The route table agrees with trying every entry in order.</summary>
public sealed class RouteTableProperties
{
    [Fact]
    public void Match_AnyEntries_IsTheFirstThatMatches()
    {
        Gen<(RouteEntry[] Entries, ExplainRequest[] Requests)> cases =
            from entries in RoutingSamples.Entries
            from requests in Gen.ArrayOf(RoutingSamples.Request, 20)
            select (entries, requests);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            RuntimeVirtualHost host = Samples.Compile(sample.Entries);
            return Array.TrueForAll(sample.Requests, request => IsFirst(host, sample.Entries, request));
        }));
    }

    [Fact]
    public void Compile_FromAnyPredecessor_EqualsCompilingAnew()
    {
        Gen<(RouteEntry[] Entries, int[] Kept, ExplainRequest[] Requests)> cases =
            from entries in RoutingSamples.Entries
            from added in RoutingSamples.Entries
            from kept in Gen.ArrayOf(Gen.Choose(0, Math.Max(0, entries.Length - 1)), entries.Length)
            from requests in Gen.ArrayOf(RoutingSamples.Request, 10)
            select (entries.Concat(added.Take(3)).ToArray(), kept, requests);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            // The predecessor has the same instances in another order, some of them several times, some not at all.
            RouteEntry[] old = [.. sample.Kept.Select(i => sample.Entries[i])];
            RuntimeListener before = Samples.Compile(Samples.Listener("http", "", Samples.Host("*", old)));
            RuntimeListener after = Samples.Compile(Samples.Listener("http", "", Samples.Host("*", sample.Entries)), before);
            return Array.TrueForAll(sample.Requests, request => IsFirst(after.VirtualHosts.Values[0], sample.Entries, request));
        }));
    }

    private static bool IsFirst(RuntimeVirtualHost host, RouteEntry[] entries, ExplainRequest request)
    {
        var evaluator = new MatchEvaluator(request, request.Host, request.Path);
        RouteEntry? expected = Array.Find(entries, entry => evaluator.Matches(entry.Match));
        RuntimeEntry? found = host.Match(request.ToHead());
        return ReferenceEquals(found?.Rule.Source, expected?.Rule);
    }
}
