using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>Writes TLS of listeners and clusters, and the routes of streams.</summary>
internal static class TlsWriter
{
    public static void Write(Utf8JsonWriter writer, ListenerTls? tls, Action<TlsCertificate> writeCertificate)
    {
        if (tls is null)
            return;
        writer.WriteStartObject("tls");
        writer.WriteString("mode", tls.Mode.ToString());
        if (tls.Certificates.Count > 0)
        {
            writer.WriteStartArray("certificates");
            foreach (var certificate in tls.Certificates)
                writeCertificate(certificate);
            writer.WriteEndArray();
        }
        if (tls.MinimumVersion != TlsVersion.Tls12)
            writer.WriteString("minimumVersion", tls.MinimumVersion.ToString());
        if (tls.MaximumVersion != TlsVersion.Tls13)
            writer.WriteString("maximumVersion", tls.MaximumVersion.ToString());
        PolicyWriter.Write(writer, "cipherSuites", tls.CipherSuites);
        PolicyWriter.Write(writer, "curves", tls.Curves);
        if (tls.AlpnProtocols is { } protocols)
        {
            // An empty list says something else than none.
            writer.WriteStartArray("alpnProtocols");
            foreach (var protocol in protocols)
                writer.WriteStringValue(protocol);
            writer.WriteEndArray();
        }
        if (tls.ClientValidation is { } validation)
        {
            writer.WriteStartObject("clientValidation");
            writer.WriteString("mode", validation.Mode.ToString());
            PolicyWriter.Write(writer, "caCertificates", validation.CaCertificates);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, UpstreamTls? tls, Action<TlsCertificate> writeCertificate)
    {
        if (tls is null)
            return;
        writer.WriteStartObject("tls");
        writer.WriteString("hostname", tls.Hostname);
        if (tls.SubjectAltNames.Count > 0)
        {
            writer.WriteStartArray("subjectAltNames");
            foreach (var name in tls.SubjectAltNames)
            {
                writer.WriteStartObject();
                writer.WriteString("type", name.Type.ToString());
                writer.WriteString("value", name.Value);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        PolicyWriter.Write(writer, "caCertificates", tls.CaCertificates);
        if (tls.TrustSystem)
            writer.WriteBoolean("trustSystem", true);
        if (tls.ClientCertificate is { } certificate)
        {
            writer.WritePropertyName("clientCertificate");
            writeCertificate(certificate);
        }
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<TlsHost> hosts)
    {
        if (hosts.Count == 0)
            return;
        writer.WriteStartArray("tlsHosts");
        foreach (var host in hosts)
            Write(writer, host);
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, TlsHost host)
    {
        writer.WriteStartObject();
        writer.WriteString("hostname", host.Hostname);
        Write(writer, "route", host.Route);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string member, StreamRoute route)
    {
        writer.WriteStartObject(member);
        writer.WriteString("route", route.Route);
        if (route.RuleName is not null)
            writer.WriteString("ruleName", route.RuleName);
        writer.WriteStartArray("backends");
        foreach (var backend in route.Backends)
        {
            writer.WriteStartObject();
            if (backend.Cluster is not null)
                writer.WriteString("cluster", backend.Cluster);
            writer.WriteNumber("weight", backend.Weight);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ProxyProtocolAcceptance? acceptance)
    {
        if (acceptance is null)
            return;
        writer.WriteStartObject("proxyProtocol");
        PolicyWriter.Write(writer, "trustedSources", acceptance.TrustedSources);
        if (acceptance.AllowWithoutHeader)
            writer.WriteBoolean("allowWithoutHeader", true);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, TlsCertificate certificate, Secrets secrets)
    {
        writer.WriteStartObject();
        writer.WriteString("name", certificate.Name);
        writer.WriteString("chain", certificate.Chain);
        if (secrets == Secrets.Included && !ReferenceEquals(certificate.PrivateKey, PrivateKey.Withheld))
            writer.WriteString("privateKey", certificate.PrivateKey.Reveal());
        if (certificate.OcspResponse is { } response)
            writer.WriteBase64String("ocspResponse", response);
        writer.WriteEndObject();
    }
}
