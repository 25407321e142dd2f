using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sluice.Configuration.Telemetry;

/// <summary>Collectors as people write them: "host:4317", or a URL with the scheme grpc, grpcs, http or https.</summary>
public static class OtlpAddress
{
    /// <summary>For grpc and grpcs; http and https have the ports that they always have.</summary>
    public const int DefaultGrpcPort = 4317;

    /// <summary>What is right, for messages.</summary>
    public const string Expected = "HOST:PORT or a URL such as grpc://collector:4317, grpcs://…, http://collector:4318 or https://…";

    /// <summary>False when it is none.</summary>
    /// <param name="text">Without a scheme: OTLP/gRPC in cleartext.</param>
    /// <param name="provider">With what the text says, and defaults.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out OtlpProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(text);
        provider = null;
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? text : $"grpc://{text}", UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return false;
        var protocol = uri.Scheme switch { "grpc" or "grpcs" => OtlpProtocol.Grpc, "http" or "https" => OtlpProtocol.Http, _ => (OtlpProtocol?)null };
        if (protocol is null || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return false;
        var path = uri.AbsolutePath.TrimEnd('/');
        if (protocol == OtlpProtocol.Grpc && path.Length > 0)
            return false;

        // "host" alone is no address of a collector: the port is what tells the two protocols apart.
        var authority = text[(hasScheme ? text.IndexOf("://", StringComparison.Ordinal) + 3 : 0)..].Split('/')[0];
        var hasPort = authority.LastIndexOf(':') is var colon and >= 0 && int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if ((!hasPort && !hasScheme) || uri.Port == 0)
            return false;
        provider = new OtlpProvider
        {
            Protocol = protocol.Value,
            Host = uri.IdnHost.Trim('[', ']'),
            Port = hasPort || protocol == OtlpProtocol.Http ? uri.Port : DefaultGrpcPort,
            IsSecure = uri.Scheme is "grpcs" or "https",
            Path = path,
        };
        return true;
    }
}
