using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Routes;

/// <summary>
/// HTTPRoutes and GRPCRoutes with hostnames in common, changed one after the other: after each change the translator that
/// remembers accepts exactly those that the rule of spec.hostnames, applied to all routes by age, accepts.
/// </summary>
public sealed class RouteRivalsTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f"];
    private static readonly string[] Hosts = ["x.test", "a.x.test", "b.a.x.test", "*.x.test", "*.a.x.test", "*.test", "y.test"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Translate_RandomChanges_AcceptsByAgeAmongBothKinds(int seed)
    {
        var random = new Random(seed);
        var translator = new Translator(new TranslatorOptions());
        var snapshot = Snapshot(Class(), Gateway("gw", Http("one"), Http("two", 81, "*.x.test")), Service("web"));
        for (var step = 0; step < 60; step++)
        {
            snapshot = Change(snapshot, random);
            var result = translator.Translate(snapshot);

            var actual = result.Routes.Where(route => route.Status.Parents[0].Conditions.Condition("Accepted").Status).Select(route => $"{route.Kind}/{route.Key}");
            var (accepted, attached) = Expect(snapshot);
            Assert.Equal(accepted, actual.Order(StringComparer.Ordinal));
            Assert.Equal(attached, result.Gateways[Name("gw")].Listeners.Select(listener => listener.AttachedRoutes));
            foreach (var rejected in result.Routes.Where(route => !accepted.Contains($"{route.Kind}/{route.Key}")))
                Assert.Equal("HostnameConflict", rejected.Status.Parents[0].Conditions.Condition("Accepted").Reason);
        }
    }

    private static ResourceSnapshot Change(ResourceSnapshot snapshot, Random random)
    {
        var changed = snapshot;
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var name = Names[random.Next(Names.Length)];
            var isGrpc = random.Next(2) == 0;
            var metadata = Meta(name) with { CreationTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(random.Next(4)) };
            ParentReference[] parents = [new("gw")];
            string[] hostnames = random.Next(12) == 0 ? [] : [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Hosts[random.Next(Hosts.Length)]).Distinct()];
            var route = isGrpc
                ? (Route)new GrpcRoute { Metadata = metadata, ParentRefs = parents, Hostnames = hostnames, Rules = [new GrpcRouteRule { BackendRefs = [Backend("web")] }] }
                : new HttpRoute { Metadata = metadata, ParentRefs = parents, Hostnames = hostnames, Rules = [Rule("/", Backend("web"))] };
            if (random.Next(3) > 0)
                changed = changed.With(route);
            else
                changed = route is GrpcRoute grpc ? changed.Without(grpc) : changed.Without((HttpRoute)route);
        }
        return changed;
    }

    private static (List<string> Accepted, int[] Attached) Expect(ResourceSnapshot snapshot)
    {
        string[] listeners = ["", "*.x.test"];
        var held = new List<(bool IsGrpc, string Hostname)>[] { [], [] };
        var accepted = new List<string>();
        var attached = new int[2];
        foreach (var route in snapshot.Routes.OrderBy(route => route.Metadata.CreationTimestamp).ThenBy(route => route.Key.ToString(), StringComparer.Ordinal).ThenBy(route => route.Kind, StringComparer.Ordinal))
        {
            var isAccepted = false;
            for (var i = 0; i < listeners.Length; i++)
            {
                var hostnames = Sluice.Translation.Hosts.Hostnames.Intersect(listeners[i], route.Hostnames);
                if (hostnames.Count == 0 || hostnames.Any(hostname => held[i].Exists(other => other.IsGrpc != route is GrpcRoute && Meet(hostname, other.Hostname))))
                    continue;
                isAccepted = true;
                attached[i]++;
                held[i].AddRange(hostnames.Select(hostname => (route is GrpcRoute, hostname)));
            }
            if (isAccepted)
                accepted.Add($"{route.Kind}/{route.Key}");
        }
        accepted.Sort(StringComparer.Ordinal);
        return (accepted, attached);
    }

    // Whether some host is under both.
    private static bool Meet(string one, string other) => Covers(one, other) || Covers(other, one);

    private static bool Covers(string wide, string narrow) =>
        wide == narrow || (wide[0] == '*' && narrow.EndsWith(wide[1..], StringComparison.Ordinal) && narrow != wide[1..]);
}
