using Sluice.Configuration;
using Sluice.Resources.Core;

namespace Sluice.Translation.Clusters;

/// <summary>The annotation sluice.dev/proxy-protocol of a Service: its endpoints want to be told whose connection is relayed to them.</summary>
internal static class ProxyProtocolAnnotation
{
    /// <summary>None when it is absent, or has another value than "v1" and "v2".</summary>
    public static ProxyProtocolVersion Read(Service service) => Value(service) switch
    {
        "v1" => ProxyProtocolVersion.V1,
        "v2" => ProxyProtocolVersion.V2,
        _ => ProxyProtocolVersion.None,
    };

    public static string? Value(Service service) => service.Metadata.Annotations.GetValueOrDefault(Service.ProxyProtocolAnnotation);

    /// <summary>Notices an annotation that a cluster of the Service does without.</summary>
    public static void Check(Service service, in ClusterIdentity identity, List<Notice> notices)
    {
        if (identity.ProxyProtocol != ProxyProtocolVersion.None || Value(service) is not { } value)
            return;

        // It is for the streams of the other port.
        if (identity.IsDatagram && service.Ports.Any(port => port.Protocol == "TCP"))
            return;
        var message = Read(service) == ProxyProtocolVersion.None
            ? $"\"{value}\" is no version of the PROXY protocol; write v1 or v2"
            : identity.IsDatagram
                ? "has no effect for UDPRoutes: datagrams carry no PROXY protocol"
                : "has no effect for HTTPRoutes and GRPCRoutes: the requests of many clients share connections; backends find the client in X-Forwarded-For";
        notices.Add(new Notice($"Service {service.Key}", service.Source, $"metadata.annotations[{Service.ProxyProtocolAnnotation}]: {message}", IsWarning: true));
    }
}
