using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Clusters;
using Sluice.Translation.Policies;
using Sluice.Translation.References;

namespace Sluice.Translation.Routes;

/// <summary>
/// Compiles the rule of TLSRoutes, of TCPRoutes or of UDPRoutes. A BackendTLSPolicy of a Service holds for the connections that
/// the Gateway makes on its own account: never for TLS that is passed through, which is the client's, nor for datagrams.
/// </summary>
/// <param name="services">Resolves the references of the kind of route.</param>
/// <param name="tls">Where TLS with backends is decided.</param>
/// <param name="clusters">Where names are taken from.</param>
/// <param name="isDatagram">Of UDPRoutes.</param>
internal sealed class StreamCompiler(ServiceResolver services, BackendTlsBook tls, ClusterTable clusters, bool isDatagram)
{
    private readonly string _consequence = isDatagram ? "; datagrams for what does not resolve are dropped" : "; connections for what does not resolve are closed";

    /// <param name="route">The route.</param>
    /// <param name="previous">The version before: parts of equal content are taken from there.</param>
    public CompiledStream Compile(Layer4Route route, CompiledStream? previous)
    {
        var findings = new RouteFindings { Unanswered = _consequence };
        var policed = new PolicedServices(tls);
        var references = route.Rule.BackendRefs;
        var plain = new StreamBackend[references.Count];
        var secured = new StreamBackend[references.Count];
        for (var i = 0; i < plain.Length; i++)
        {
            var reference = references[i];
            if (!services.Find(route.Metadata.Namespace, reference, out var service, out var port, out var problem))
            {
                findings.Unresolved(problem with { Message = $"rules[0].backendRefs[{i}]: {problem.Message}" });
                plain[i] = secured[i] = new StreamBackend(null, reference.Weight);
                continue;
            }
            var identity = new ClusterIdentity(service.Key, reference.Port!.Value, IsDatagram: isDatagram);
            if (!isDatagram)
                identity = identity with { ProxyProtocol = ProxyProtocolAnnotation.Read(service) };
            plain[i] = secured[i] = new StreamBackend(clusters.NameOf(identity), reference.Weight);
            if (isDatagram)
                continue;
            policed.Add(service.Key);
            if (tls.Decide(service, port) is { IsByPolicy: true } decision)
                secured[i] = new StreamBackend(decision.IsRefused ? null : clusters.NameOf(identity with { IsTls = true }), reference.Weight);
        }
        var name = previous?.Plain.Route ?? $"{route.Kind}/{route.Metadata.Namespace}/{route.Metadata.Name}";
        var plainRoute = Keep(previous?.Plain, new StreamRoute { Route = name, RuleName = route.Rule.Name, Backends = plain });
        var securedRoute = plain.AsSpan().SequenceEqual(secured)
            ? plainRoute
            : Keep(previous?.Secured, new StreamRoute { Route = name, RuleName = route.Rule.Name, Backends = secured });
        return new CompiledStream(plainRoute, securedRoute, findings.Judge(anyRuleServed: true), policed.Take());
    }

    // The data plane keeps what it built by the identity of the instance.
    private static StreamRoute Keep(StreamRoute? old, StreamRoute current) =>
        old is not null && old.Route == current.Route && old.RuleName == current.RuleName && old.Backends.SequenceEqual(current.Backends) ? old : current;
}
