using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Sluice.Cli.Echo;

/// <summary>
/// The echo's answer, in the shape that the Gateway API conformance suite reads: path, host, method, proto, headers (name to
/// list of values), httpPort, namespace, ingress, service, pod, and tls (version, serverName, cipherSuite, peerCertificates) where it came over TLS.
/// </summary>
internal static class EchoJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(HttpContext context, string target, EchoOptions options) => Write(writer =>
    {
        var request = context.Request;
        writer.WriteString("path", target);
        writer.WriteString("host", request.Host.Value);
        writer.WriteString("method", request.Method);
        writer.WriteString("proto", HttpProtocol.IsHttp2(request.Protocol) ? "HTTP/2.0" : request.Protocol);
        writer.WriteStartObject("headers");
        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith(':') || name.Equals("Host", StringComparison.OrdinalIgnoreCase))
                continue;
            writer.WriteStartArray(CanonicalName(name));
            foreach (var value in values)
                writer.WriteStringValue(value);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        writer.WriteString("httpPort", context.Connection.LocalPort.ToString(System.Globalization.CultureInfo.InvariantCulture));
        WriteIdentity(writer, options, withIngress: true);
        WriteTls(writer, context);
    });

    /// <summary>The answer to the TCP command TEST and to a UDP datagram; the server name that a TLS client asked for, or null.</summary>
    public static byte[] WriteLayer4(string request, EchoOptions options, string? serverName = null) => Write(writer =>
    {
        writer.WriteString("request", request);
        WriteIdentity(writer, options, withIngress: false);
        if (serverName is not null)
        {
            writer.WriteStartObject("tls");
            writer.WriteString("serverName", serverName);
            writer.WriteEndObject();
        }
    }, indented: false);

    /// <summary>What a TLS client asked for and showed; nothing without TLS.</summary>
    private static void WriteTls(Utf8JsonWriter writer, HttpContext context)
    {
        if (context.Features.Get<ITlsHandshakeFeature>() is not { } handshake)
            return;
        writer.WriteStartObject("tls");
        writer.WriteString("version", handshake.Protocol.ToString());
        writer.WriteString("serverName", context.Features.Get<ISslStreamFeature>()?.SslStream.TargetHostName);
        writer.WriteString("cipherSuite", handshake.NegotiatedCipherSuite?.ToString());
        writer.WriteStartArray("peerCertificates");
        if (context.Connection.ClientCertificate is { } certificate)
            writer.WriteStringValue(certificate.ExportCertificatePem());
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> members, bool indented = true)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options with { Indented = indented }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, EchoOptions options, bool withIngress)
    {
        writer.WriteString("namespace", options.Namespace);
        if (withIngress)
            writer.WriteString("ingress", options.Ingress);
        writer.WriteString("service", options.Service);
        writer.WriteString("pod", options.Pod);
    }

    /// <summary>"x-request-id" becomes "X-Request-Id", so that a reader finds a field whatever protocol brought it.</summary>
    private static string CanonicalName(string name)
    {
        var result = new StringBuilder(name.Length);
        var upper = true;
        foreach (var letter in name)
        {
            result.Append(upper ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter));
            upper = letter == '-';
        }
        return result.ToString();
    }
}
