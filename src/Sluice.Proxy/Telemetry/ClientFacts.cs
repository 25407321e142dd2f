using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Telemetry;

/// <summary>Copies what is told of a client's connection, while the connection is there.</summary>
internal static class ClientFacts
{
    public static void Take(RequestRecord record, IDownstream downstream)
    {
        record.Protocol = downstream.Protocol;
        record.ClientAddress = record.Copy(downstream.ClientAddress, default);
        record.ClientPort = downstream.ClientPort;
        Take(record, downstream.Connection);
    }

    public static void Take(RequestRecord record, StreamConnection connection)
    {
        record.ConnectionId = ((ulong)connection.Generation << 10) | (uint)connection.Worker.Index;
        record.IsSecure = connection.Tls is not null;
        if (record.Plan.NeedsLocalAddress)
            TakeLocalAddress(record, connection.Descriptor);
        if (record.Plan.NeedsTls && connection.Tls is { } tls)
            Take(record, tls);
    }

    /// <summary>The peer of a socket that nobody has asked for its address.</summary>
    public static unsafe void TakePeer(RequestRecord record, int descriptor)
    {
        var buffer = stackalloc byte[NativeAddress.MaxLength];
        var length = NativeAddress.MaxLength;
        if (Libc.getpeername(descriptor, buffer, &length) == 0)
            TakeClient(record, new ReadOnlySpan<byte>(buffer, length));
    }

    public static void TakeClient(RequestRecord record, ReadOnlySpan<byte> socketAddress)
    {
        var client = new ClientAddress(socketAddress);
        record.ClientAddress = record.Copy(client.Text, default);
        record.ClientPort = client.Port;
    }

    public static void TakeServerName(RequestRecord record, ReadOnlySpan<byte> name)
    {
        if (name.Length > 0)
            record.ServerName = record.Copy(name, default);
    }

    private static void Take(RequestRecord record, TlsSession tls)
    {
        record.TlsVersion = tls.Version;
        record.TlsCipher = record.Copy(tls.CipherName, default);
        TakeServerName(record, tls.ServerName);

        // The subject as it stands in X-Forwarded-Client-Cert, where quotation marks inside are escaped.
        var certificate = tls.ClientCertificate.AsSpan();
        var start = certificate.IndexOf(";Subject=\""u8);
        if (start < 0)
            return;
        var subject = certificate[(start + 10)..];
        var end = 0;
        while (end < subject.Length && subject[end] != '"')
            end += subject[end] == '\\' ? 2 : 1;
        record.PeerSubject = record.Copy(subject[..Math.Min(end, subject.Length)], default);
    }

    private static unsafe void TakeLocalAddress(RequestRecord record, int descriptor)
    {
        var buffer = stackalloc byte[NativeAddress.MaxLength];
        var length = NativeAddress.MaxLength;
        if (Libc.getsockname(descriptor, buffer, &length) != 0)
            return;
        var local = new ClientAddress(new ReadOnlySpan<byte>(buffer, length));
        Span<byte> text = stackalloc byte[64];
        record.LocalAddress = record.Copy(text[..OperatorValues.WriteEndPoint(local.Text, local.Port, text)], default);
    }
}
