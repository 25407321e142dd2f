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
    public void ListenerTable_AnyListeners_FindsTheMostSpecificOfThemAndOfItsHosts()
    {
        Gen<(string[][] Listeners, string Authority)> cases =
            from count in Gen.Choose(1, 8)
            from listeners in Gen.ArrayOf(from hosts in Gen.Choose(1, 8) from patterns in Gen.ArrayOf(Pattern, hosts) select patterns, count)
            from authority in Authority
            select (listeners, authority);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            // The first name of each is the listener's own, the others are those of its virtual hosts.
            RuntimeListener[] listeners =
            [
                .. sample.Listeners.Select((names, i) =>
                    Samples.Compile(Samples.Listener($"{i}", names[0], [.. names.Skip(1).Select(name => Samples.Host(name))]))),
            ];
            string host = HostnameMatch.HostOf(sample.Authority);
            int listener = HostnameMatch.Best([.. sample.Listeners.Select(names => names[0])], host);
            int virtualHost = listener < 0 ? -1 : HostnameMatch.Best(sample.Listeners[listener][1..], host);

            RuntimeListener? found = ListenerTable.Create(listeners).Find(Encoding.ASCII.GetBytes(sample.Authority), out RuntimeVirtualHost? foundHost);

            return ReferenceEquals(found, listener < 0 ? null : listeners[listener])
                && ReferenceEquals(foundHost, virtualHost < 0 ? null : listeners[listener].VirtualHosts.Values[virtualHost]);
        }));
    }
}
