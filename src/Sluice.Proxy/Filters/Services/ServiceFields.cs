using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Services;

/// <summary>Which fields a service may give a request or a response: names and values that are ones, and none that the proxy itself writes.</summary>
internal static class ServiceFields
{
    /// <summary>Octets of all names and values of one answer: far less than heads are composed in.</summary>
    public const int MaxBytes = 32 * 1024;

    public static bool IsAllowed(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => IsName(name) && IsValue(value);

    /// <summary>A name that may be set or taken out.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length <= 256 && FieldNames.IsToken(name) && FieldNames.Classify(name) is KnownField.Other or KnownField.XRequestId
        && !ReservedFields.Contains(Encoding.ASCII.GetString(name));

    public static bool IsValue(ReadOnlySpan<byte> value)
    {
        foreach (byte octet in value)
        {
            if (octet < ' ' && octet != '\t' || octet == 0x7F)
                return false;
        }
        return true;
    }

    /// <summary>Fields that every server writes of itself.</summary>
    public static bool IsOfTheServer(ReadOnlySpan<byte> lowerName) =>
        lowerName.SequenceEqual("date"u8) || lowerName.SequenceEqual("server"u8) || lowerName.SequenceEqual("content-type"u8) || lowerName.SequenceEqual("via"u8);
}
