using Sluice.Configuration;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.ExternalAuth;

/// <summary>Writes envoy.service.auth.v3.CheckRequest: what a service is told of a request.</summary>
/// <param name="headers">Names of the fields that it is told, in lower case; empty: all of them.</param>
/// <param name="extensions">context_extensions.</param>
internal sealed class CheckRequest(byte[][] headers, IReadOnlyList<HeaderValue> extensions)
{
    private const int Source = 1;
    private const int Destination = 2;
    private const int Request = 4;
    private const int ContextExtensions = 10;
    private const int TlsSession = 12;

    public void Write(ProtobufWriter writer, RequestHead head, FilterContext context)
    {
        int attributes = writer.Begin(1);
        WritePeers(writer, head, context);
        int request = writer.Begin(Request);
        int time = writer.Begin(1);
        writer.Number(1, context.UnixSeconds);
        writer.End(time);
        int http = writer.Begin(2);
        WriteHttp(writer, head, context);
        writer.End(http);
        writer.End(request);
        foreach (HeaderValue extension in extensions)
        {
            int entry = writer.Begin(ContextExtensions);
            writer.Text(1, extension.Name);
            writer.Text(2, extension.Value);
            writer.End(entry);
        }
        if (context.Tls is { } tls)
        {
            int session = writer.Begin(TlsSession);
            writer.Text(1, tls.ServerName);
            writer.End(session);
        }
        writer.End(attributes);
    }

    private static void WritePeers(ProtobufWriter writer, RequestHead head, FilterContext context)
    {
        bool isProxied = ClientIp.TryFindText(head, context.PeerAddress, context.TrustedHops, out ReadOnlySpan<byte> address);
        int source = writer.Begin(Source);
        WriteAddress(writer, address, isProxied ? 0 : context.PeerPort);
        writer.End(source);
        int destination = writer.Begin(Destination);
        WriteAddress(writer, default, context.LocalPort);
        writer.End(destination);
    }

    // Peer.address 1, Address.socket_address 1: address 2, port_value 3.
    private static void WriteAddress(ProtobufWriter writer, ReadOnlySpan<byte> text, int port)
    {
        int address = writer.Begin(1);
        int socket = writer.Begin(1);
        writer.Text(2, text);
        writer.Number(3, (long)port);
        writer.End(socket);
        writer.End(address);
    }

    // HttpRequest: id 1, method 2, headers 3, path 4, host 5, scheme 6, size 9, protocol 10.
    private void WriteHttp(ProtobufWriter writer, RequestHead head, FilterContext context)
    {
        int id = RequestFields.Find(head, "x-request-id"u8);
        if (id >= 0)
            writer.Text(1, head.ValueOf(head.Fields[id]));
        writer.Text(2, head.Method);
        WriteHeaders(writer, head, context);
        Span<byte> path = stackalloc byte[head.PathSlice.Length + head.QuerySlice.Length <= 1024 ? head.PathSlice.Length + head.QuerySlice.Length : 0];
        if (path.Length == 0)
            path = new byte[head.PathSlice.Length + head.QuerySlice.Length];
        head.Path.CopyTo(path);
        head.Query.CopyTo(path[head.PathSlice.Length..]);
        writer.Text(4, path);
        writer.Text(5, head.Authority);
        writer.Text(6, context.IsSecure ? "https"u8 : "http"u8);
        writer.Number(9, head.Framing == BodyFraming.None ? 0 : head.ContentLength);
        writer.Text(10, context.IsHttp2 ? "HTTP/2"u8 : "HTTP/1.1"u8);
    }

    private void WriteHeaders(ProtobufWriter writer, RequestHead head, FilterContext context)
    {
        ReadOnlySpan<Field> fields = head.Fields;
        Span<byte> lower = stackalloc byte[256];
        for (int i = 0; i < fields.Length; i++)
        {
            scoped ReadOnlySpan<byte> name = head.NameOf(fields[i]);
            if (name.Length > lower.Length || fields[i].Known is KnownField.Explain or KnownField.Host)
                continue;
            System.Text.Ascii.ToLower(name, lower, out _);
            name = lower[..name.Length];
            if (!IsTold(name) || RequestFields.Find(head, name) < i)
                continue;
            int entry = writer.Begin(3);
            writer.Text(1, name);
            WriteValue(writer, head, i, name);
            writer.End(entry);
        }
        if (headers.Length > 0)
            return;
        writer.Entry(3, ":authority"u8, head.Authority);
        writer.Entry(3, ":method"u8, head.Method);
        writer.Entry(3, ":scheme"u8, context.IsSecure ? "https"u8 : "http"u8);
    }

    /// <summary>Of several fields of one name the map gets one entry (RFC 9110 5.3).</summary>
    private static void WriteValue(ProtobufWriter writer, RequestHead head, int index, ReadOnlySpan<byte> name)
    {
        int next = RequestFields.Find(head, name, index + 1);
        if (next < 0)
        {
            writer.Text(2, head.ValueOf(head.Fields[index]));
            return;
        }
        ReadOnlySpan<byte> separator = name.SequenceEqual("cookie"u8) ? "; "u8 : ","u8;
        var joined = new List<byte>();
        joined.AddRange(head.ValueOf(head.Fields[index]));
        for (; next >= 0; next = RequestFields.Find(head, name, next + 1))
        {
            joined.AddRange(separator);
            joined.AddRange(head.ValueOf(head.Fields[next]));
        }
        writer.Text(2, [.. joined]);
    }

    private bool IsTold(ReadOnlySpan<byte> lowerName)
    {
        if (headers.Length == 0)
            return true;
        foreach (byte[] header in headers)
        {
            if (lowerName.SequenceEqual(header))
                return true;
        }
        return false;
    }
}
