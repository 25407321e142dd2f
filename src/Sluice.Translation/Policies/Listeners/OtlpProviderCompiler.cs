using Sluice.Configuration;
using Sluice.Configuration.Telemetry;
using Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>A collector that a policy names by its Service: it is found by the cluster's DNS, whatever endpoints it has.</summary>
internal static class OtlpProviderCompiler
{
    /// <summary>Null when there is none, which is reported.</summary>
    public static OtlpProvider? Compile(GrpcSink sink, IPolicySurroundings surroundings, string field)
    {
        var reference = sink.BackendRef;
        if (reference.Group.Length > 0 || reference.Kind != "Service" || reference.Port is not { } port)
        {
            surroundings.Problem($"{field}.backendRef", "must be a Service with its port; other kinds cannot take telemetry");
            return null;
        }

        // Says whether the Service is there and may be used.
        if (surroundings.Cluster(reference, $"{field}.backendRef") is null)
            return null;
        if (sink.Authority is not null)
            surroundings.Problem($"{field}.authority", "is not in force: collectors are told the Service's own name");
        if (sink.MaxReceiveMessageLength is not null)
            surroundings.Problem($"{field}.maxReceiveMessageLength", "is not in force: answers of collectors have a limit of their own");
        if (sink.RetryPolicy is not null)
            surroundings.Problem($"{field}.retryPolicy", "is not in force: exports are tried again by rules of their own");
        return new OtlpProvider
        {
            Protocol = OtlpProtocol.Grpc,
            Host = $"{reference.Name}.{reference.Namespace ?? surroundings.Namespace}.svc",
            Port = port,
            Timeout = sink.Timeout is { } time && time > TimeSpan.Zero ? time : OtlpProvider.DefaultTimeout,
            Headers = [.. sink.InitialMetadata.Select(field => new HeaderValue(field.Key, field.Value))],
        };
    }
}
