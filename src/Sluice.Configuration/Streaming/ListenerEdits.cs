using System.Text.Json;
using Sluice.Configuration.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>
/// A listener that is new or has changed: its own settings whole, of TLS, stream and virtual hosts what differs from the listener that
/// it replaces. The entries of virtual hosts come afterwards in frames of their own.
/// </summary>
internal static class ListenerEdits
{
    public static void Write(Utf8JsonWriter writer, Listener listener, int replaced, ProxyConfiguration old, ConfigurationTables to)
    {
        var before = replaced < 0 ? null : old.Listeners[replaced];
        writer.WriteStartObject();
        if (before is not null)
            writer.WriteNumber("from", replaced);
        writer.WriteString("name", listener.Name);
        writer.WriteNumber("port", listener.Port);
        writer.WriteNumber("bindPort", listener.BindPort);
        writer.WriteString("protocol", listener.Protocol.ToString());
        writer.WriteString("hostname", listener.Hostname);
        if (listener.TrustedHops != 0)
            writer.WriteNumber("trustedHops", listener.TrustedHops);
        WriteKept(writer, listener, before);
        if (!IsKept(before?.Tls, listener.Tls))
            TlsWriter.Write(writer, listener.Tls, certificate => writer.WriteNumberValue(to.IndexOf(certificate)));
        if (!IsKept(before?.Stream, listener.Stream) && listener.Stream is { } stream)
            TlsWriter.Write(writer, "stream", stream);
        if (!IsKept(before?.ProxyProtocol, listener.ProxyProtocol))
            TlsWriter.Write(writer, listener.ProxyProtocol);
        if (!IsKept(before?.Connection, listener.Connection))
            ListenerSettingsWriter.Write(writer, listener.Connection);
        if (!IsKept(before?.Http, listener.Http))
            ListenerSettingsWriter.Write(writer, listener.Http);
        WritePieces(writer, "tlsHosts", before?.TlsHosts ?? [], listener.TlsHosts, host => host.Hostname, (host, _) => TlsWriter.Write(writer, host));
        WritePieces(writer, "virtualHosts", before?.VirtualHosts ?? [], listener.VirtualHosts, host => host.Hostname, (host, from) =>
        {
            writer.WriteStartObject();
            writer.WriteString("hostname", host.Hostname);
            if (from >= 0)
                writer.WriteNumber("from", from);
            writer.WriteEndObject();
        });
        writer.WriteEndObject();
    }

    private static void WriteKept(Utf8JsonWriter writer, Listener listener, Listener? before)
    {
        if (before is null)
            return;
        writer.WriteStartArray("keeps");
        if (IsKept(before.Tls, listener.Tls))
            writer.WriteStringValue("tls");
        if (IsKept(before.Stream, listener.Stream))
            writer.WriteStringValue("stream");
        if (IsKept(before.ProxyProtocol, listener.ProxyProtocol))
            writer.WriteStringValue("proxyProtocol");
        if (IsKept(before.Connection, listener.Connection))
            writer.WriteStringValue("connection");
        if (IsKept(before.Http, listener.Http))
            writer.WriteStringValue("http");
        writer.WriteEndArray();
    }

    private static bool IsKept(object? before, object? now) => now is not null && ReferenceEquals(before, now);

    private static void WritePieces<T>(
        Utf8JsonWriter writer, string name, IReadOnlyList<T> old, IReadOnlyList<T> now, Func<T, string> key, Action<T, int> writeNew)
        where T : class
    {
        if (ListEdits.Find<T>(old, now, ReferenceEqualityComparer.Instance, key) is not { } edits)
            return;
        writer.WriteStartArray(name);
        UpdateWriter.WritePieces(writer, now, edits, (_, item, from) => writeNew(item, from));
        writer.WriteEndArray();
    }
}
