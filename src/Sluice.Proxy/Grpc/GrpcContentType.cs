using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Grpc;

/// <summary>Reads content types of gRPC ("PROTOCOL-HTTP2") and gRPC-Web ("PROTOCOL-WEB"): application/grpc, -web and -web-text, each with or without "+proto" and the like.</summary>
internal static class GrpcContentType
{
    /// <summary>What the request speaks. Only POST can be gRPC, so that other requests cost one comparison.</summary>
    public static GrpcProtocol ProtocolOf(RequestHead head) =>
        head.MethodSlice.Length == 4 && head.Method.SequenceEqual("POST"u8) ? Read(GrpcFields.Find(head, "content-type"u8), out _) : GrpcProtocol.None;

    /// <param name="value">Of the field.</param>
    /// <param name="suffix">"+proto" or empty; parameters are left out, gRPC has none.</param>
    public static GrpcProtocol Read(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> suffix)
    {
        suffix = default;
        var end = value.IndexOf((byte)';');
        if (end >= 0)
            value = value[..end].TrimEnd(" \t"u8);
        if (!StartsWith(value, "application/grpc"u8))
            return GrpcProtocol.None;
        value = value["application/grpc".Length..];
        var protocol = GrpcProtocol.Grpc;
        if (StartsWith(value, "-web-text"u8))
        {
            protocol = GrpcProtocol.WebText;
            value = value["-web-text".Length..];
        }
        else if (StartsWith(value, "-web"u8))
        {
            protocol = GrpcProtocol.Web;
            value = value["-web".Length..];
        }

        if (value.Length > 0 && value[0] != '+')
            return GrpcProtocol.None;
        suffix = value;
        return protocol;
    }

    public static ReadOnlySpan<byte> NameOf(GrpcProtocol protocol) => protocol switch
    {
        GrpcProtocol.Web => "application/grpc-web"u8,
        GrpcProtocol.WebText => "application/grpc-web-text"u8,
        _ => "application/grpc"u8,
    };

    private static bool StartsWith(ReadOnlySpan<byte> value, ReadOnlySpan<byte> start) =>
        value.Length >= start.Length && Ascii.EqualsIgnoreCase(value[..start.Length], start);
}
