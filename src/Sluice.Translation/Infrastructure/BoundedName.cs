using System.Security.Cryptography;
using System.Text;

namespace Sluice.Translation.Infrastructure;

/// <summary>
/// Names of objects and values of labels that are made of other names. Both hold 63 characters (RFC 1123 labels), the names of
/// Gateways up to 253: what is too long is cut and ends in a hash of the whole, so that two of them stay apart.
/// </summary>
internal static class BoundedName
{
    private const int MaxLength = 63;
    private const int HashLength = 10;

    public static string Of(params ReadOnlySpan<string> parts)
    {
        var name = string.Join('-', parts);

        // Names of Services hold no dots, those of Gateways may.
        var plain = name.Replace('.', '-');
        if (plain.Length <= MaxLength && plain == name)
            return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
        return $"{plain[..Math.Min(plain.Length, MaxLength - HashLength - 1)].TrimEnd('-')}-{hash}";
    }
}
