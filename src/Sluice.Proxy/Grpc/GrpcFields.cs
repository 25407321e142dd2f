using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Grpc;

/// <summary>Finds fields that only gRPC looks at, which is why parsers do not know them.</summary>
internal static class GrpcFields
{
    /// <summary>The value of the first field of that name; empty without.</summary>
    public static ReadOnlySpan<byte> Find(FieldSection section, ReadOnlySpan<byte> name)
    {
        foreach (ref readonly var field in section.Fields)
        {
            if (field.NameLength == name.Length && field.Known == KnownField.Other && Ascii.EqualsIgnoreCase(section.NameOf(field), name))
                return section.ValueOf(field);
        }

        return default;
    }

    /// <summary>grpc-status, grpc-message and grpc-status-details-bin: what ends a call, in the trailers or in a head that is all there is.</summary>
    public static bool IsStatus(ReadOnlySpan<byte> name) => name.Length switch
    {
        11 => Ascii.EqualsIgnoreCase(name, "grpc-status"u8),
        12 => Ascii.EqualsIgnoreCase(name, "grpc-message"u8),
        23 => Ascii.EqualsIgnoreCase(name, "grpc-status-details-bin"u8),
        _ => false,
    };
}
