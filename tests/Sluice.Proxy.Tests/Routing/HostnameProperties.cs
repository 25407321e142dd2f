using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Tests.Routing;

/// <summary>The tables of hostnames agree with comparing every name.</summary>
public sealed class HostnameProperties
{
    private static readonly Gen<string> Label = Gen.Elements("a", "b", "ab", "example", "com");

    private static readonly Gen<string> Name =
        from count in Gen.Choose(1, 5)
        from labels in Gen.ArrayOf(Label, count)
        select string.Join('.', labels);

    private static readonly Gen<string> Pattern = Gen.Frequency(
        (4, Name),
        (4, Name.Select(name => "*." + name)),
        (1, Gen.Elements("", "*")));

    private static readonly Gen<string> Authority =
        from name in Gen.Frequency((20, Name), (1, Gen.Elements("", "[::1]", "10.0.0.1", ".a", "a..b", "*.a", "A.EXAMPLE.Com")))
        from dot in Gen.Frequency((5, Gen.Constant("")), (1, Gen.Constant(".")))
        from port in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Constant(":8080")))
        select name + (name.Length == 0 ? "" : dot) + port;

    [Fact]
    public void HostTable_AnyNames_FindsWhatComparingAllFinds()
    {
        Gen<(string[] Patterns, string Authority)> cases =
            from count in Gen.Choose(0, 40)
            from patterns in Gen.ArrayOf(Pattern, count)
            from authority in Authority
            select (patterns, authority);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            int expected = HostnameMatch.Best(sample.Patterns, HostnameMatch.HostOf(sample.Authority));
            HostTable<object> table = HostTable<object>.Create(sample.Patterns, [.. sample.Patterns.Select(_ => new object())]);
            object? found = table.Find(Sluice.Proxy.Routing.HostName.Of(Encoding.ASCII.GetBytes(sample.Authority)));
            return expected < 0 ? found is null : ReferenceEquals(found, table.Values[expected]);
        }));
    }

    [Fact]
    public void ListenerTable_AnyListeners_FindsTheMostSpecificOfThemAndOfItsHostsThatMatch()
    {
        Gen<(string Hostname, bool Serves)> host = from name in Pattern from serves in Gen.Elements(true, false) select (name, serves);
        Gen<(string Hostname, (string Hostname, bool Serves)[] Hosts)> listener =
            from name in Pattern from count in Gen.Choose(0, 8) from hosts in Gen.ArrayOf(host, count) select (name, hosts);
        Gen<((string Hostname, (string Hostname, bool Serves)[] Hosts)[] Listeners, string Authority)> cases =
            from count in Gen.Choose(1, 8) from listeners in Gen.ArrayOf(listener, count) from authority in Authority select (listeners, authority);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            RuntimeListener[] listeners = [.. sample.Listeners.Select(each => Compile(each.Hostname, each.Hosts))];
            string asked = HostnameMatch.HostOf(sample.Authority);
            int best = HostnameMatch.Best([.. sample.Listeners.Select(each => each.Hostname)], asked);
            // Of equal names the first counts, as it does not serve or does.
            string? expected = best < 0 ? null : sample.Listeners[best].Hosts
                .DistinctBy(each => each.Hostname is "" ? "*" : each.Hostname)
                .Where(each => each.Serves && HostnameMatch.Matches(each.Hostname, asked))
                .Select(each => each.Hostname).MaxBy(HostnameMatch.Specificity);

            RuntimeEntry? entry = ListenerTable.Create(listeners).Match(TestHead.Create("GET", sample.Authority, "/", ""), out RuntimeListener? found);

            return ReferenceEquals(found, best < 0 ? null : listeners[best]) && entry?.Rule.Source.Route == (expected is null ? null : $"HTTPRoute/test/{expected}");
        }));
    }

    private static RuntimeListener Compile(string hostname, (string Hostname, bool Serves)[] hosts) => Samples.Compile(Samples.Listener(
        "any", hostname, [.. hosts.Select(host => Samples.Host(host.Hostname, Samples.Prefix(host.Hostname, host.Serves ? "/" : "/other")))]));
}
