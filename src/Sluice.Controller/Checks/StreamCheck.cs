using Sluice.Configuration;
using Sluice.Controller.Offline;
using Sluice.Controller.Reports;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Checks;

/// <summary>
/// TLSRoutes, TCPRoutes and UDPRoutes that are accepted and get nothing, since on every listener that takes them another route, older or
/// first by name, serves alone.
/// </summary>
internal static class StreamCheck
{
    public static IEnumerable<DiagnosticReport> Run(OfflineManifests manifests)
    {
        var serving = Streams(manifests).Select(stream => stream.Route.Route).ToHashSet();
        foreach (var (kind, key, status) in manifests.Translation.Routes)
        {
            if (manifests.Snapshot.FindRoute(kind, key) is not Layer4Route route || serving.Contains($"{kind}/{key}"))
                continue;
            var gateways = status.Parents
                .Where(parent => parent.Conditions.Any(condition => condition is { Type: "Accepted", Status: true }))
                .Select(parent => $"{parent.ParentRef.Namespace}/{parent.ParentRef.Name}")
                .ToHashSet();
            var others = Streams(manifests)
                .Where(stream => gateways.Contains(stream.Gateway) && stream.Route.Route.StartsWith(kind + "/", StringComparison.Ordinal))
                .Select(stream => $"{stream.Route.Route} on listener {stream.Listener.Name}")
                .Distinct()
                .ToArray();
            if (others.Length > 0)
                yield return Finding.Warning(route, null, $"gets nothing: where it is accepted another route, which is older or comes first by name, serves alone: {string.Join(", ", others)}");
        }
    }

    /// <summary>Every stream that some listener serves.</summary>
    public static IEnumerable<(string Gateway, Listener Listener, StreamRoute Route)> Streams(OfflineManifests manifests)
    {
        foreach (var configuration in manifests.Configurations)
        {
            foreach (var listener in configuration.Listeners)
            {
                if (listener.Stream is { } stream)
                    yield return (configuration.Gateway, listener, stream);
                foreach (var host in listener.TlsHosts)
                    yield return (configuration.Gateway, listener, host.Route);
            }
        }
    }
}
