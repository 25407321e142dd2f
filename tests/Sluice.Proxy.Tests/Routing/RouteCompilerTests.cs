using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Routing;

/// <summary>What did not change is taken over.</summary>
public sealed class RouteCompilerTests
{
    [Fact]
    public void Compile_SameListener_IsTheSameInstance()
    {
        Listener listener = Samples.Listener("http", "", Samples.Host("*", Samples.Prefix("a", "/")));
        RuntimeListener compiled = Samples.Compile(listener);

        Assert.Same(compiled, Samples.Compile(listener, compiled));
    }

    [Fact]
    public void Compile_OneVirtualHostAddedRemovedOrChanged_KeepsTheOthers()
    {
        VirtualHost[] hosts = [.. Enumerable.Range(0, 10).Select(i => Samples.Host($"{i}.example", Samples.Prefix($"{i}", "/")))];
        RuntimeListener before = Samples.Compile(Samples.Listener("http", "", hosts));
        VirtualHost[] changed =
        [
            Samples.Host("new.example", Samples.Prefix("new", "/")), .. hosts[..4], Samples.Host("4.example", Samples.Prefix("changed", "/")), .. hosts[5..8], hosts[9],
        ];

        RuntimeListener after = Samples.Compile(Samples.Listener("http", "", changed), before);

        foreach (VirtualHost host in changed)
        {
            RuntimeVirtualHost compiled = after.VirtualHosts.Find(System.Text.Encoding.ASCII.GetBytes(host.Hostname))!;
            Assert.Same(host, compiled.Source);
            if (hosts.Contains(host, ReferenceEqualityComparer.Instance))
                Assert.Same(before.VirtualHosts.Values[Array.IndexOf(hosts, host)], compiled);
        }
        Assert.Equal("changed", after.VirtualHosts.Find("4.example"u8)!.Winner(TestHead.Get("/")));
        Assert.Null(after.VirtualHosts.Find("8.example"u8));
    }

    [Fact]
    public void Compile_EntriesAddedRemovedAndMoved_KeepsTheOthers()
    {
        RouteEntry[] entries = [.. Enumerable.Range(0, 12).Select(i => Samples.Prefix($"{i}", $"/{i}"))];
        RuntimeListener before = Samples.Compile(Samples.Listener("http", "", Samples.Host("*", entries)));
        RouteEntry[] changed = [entries[0], Samples.Prefix("new", "/new"), entries[5], entries[4], .. entries[6..]];

        RuntimeListener after = Samples.Compile(Samples.Listener("http", "", Samples.Host("*", changed)), before);

        ReadOnlySpan<RuntimeEntry> old = before.VirtualHosts.Values[0].Routes.Entries, now = after.VirtualHosts.Values[0].Routes.Entries;
        Assert.Same(old[0], now[0]);
        Assert.Same(old[5], now[2]);
        Assert.Same(old[4], now[3]);
        Assert.Same(old[11], now[9]);
        Assert.Equal("new", after.VirtualHosts.Values[0].Winner(TestHead.Get("/new")));
        Assert.Equal("7", after.VirtualHosts.Values[0].Winner(TestHead.Get("/7")));
        Assert.Null(after.VirtualHosts.Values[0].Winner(TestHead.Get("/2")));
    }

    [Fact]
    public void Compile_RuleOfAnEntryChanged_KeepsItsMatch()
    {
        RouteEntry[] entries = [.. Enumerable.Range(0, 12).Select(i => Samples.Pattern($"{i}", $"/{i}.*"))];
        RuntimeListener before = Samples.Compile(Samples.Listener("http", "", Samples.Host("*", entries)));
        entries = [.. entries];
        entries[3] = entries[3] with { Rule = Samples.Rule("changed") };

        RuntimeListener after = Samples.Compile(Samples.Listener("http", "", Samples.Host("*", entries)), before);

        Assert.Equal("changed", after.VirtualHosts.Values[0].Winner(TestHead.Get("/3x")));
        Assert.Equal("3", before.VirtualHosts.Values[0].Winner(TestHead.Get("/3x")));
        Assert.Same(before.VirtualHosts.Values[0].Routes.Entries[4], after.VirtualHosts.Values[0].Routes.Entries[4]);
    }

    [Fact]
    public void Compile_EntriesOfOneRule_ShareIt()
    {
        RouteRule rule = Samples.Rule("one");
        RouteEntry[] entries = [new(new RouteMatch { Path = new PathMatch(PathMatchType.Exact, "/a") }, rule), new(RouteMatch.Default, rule)];
        var compiler = new RouteCompiler(_ => 0, SessionKey.Random(), FilterRun.Parts());

        RuntimeListener first = compiler.Compile(Samples.Listener("a", "", Samples.Host("a.example", entries)), null);
        RuntimeListener second = compiler.Compile(Samples.Listener("b", "", Samples.Host("b.example", [.. entries])), null);

        Assert.Same(first.VirtualHosts.Values[0].Routes.Entries[0].Rule, first.VirtualHosts.Values[0].Routes.Entries[1].Rule);
        Assert.Same(first.VirtualHosts.Values[0].Routes.Entries[0].Rule, second.VirtualHosts.Values[0].Routes.Entries[0].Rule);
    }

    [Fact]
    public void Compile_PathOfAnIndexedEntryChanged_FindsTheNewOne()
    {
        RouteEntry[] entries = [.. Enumerable.Range(0, 12).Select(i => Samples.Prefix($"{i}", $"/{i}"))];
        RuntimeListener before = Samples.Compile(Samples.Listener("http", "", Samples.Host("*", entries)));
        RuntimeListener after = Samples.Compile(Samples.Listener("http", "", Samples.Host("*", [.. entries[..6], Samples.Prefix("6", "/other"), .. entries[7..]])), before);

        Assert.Equal("6", after.VirtualHosts.Values[0].Winner(TestHead.Get("/other")));
        Assert.Null(after.VirtualHosts.Values[0].Winner(TestHead.Get("/6")));
        Assert.Equal("7", after.VirtualHosts.Values[0].Winner(TestHead.Get("/7")));
    }
}
