using System.Security.Cryptography;
using System.Text;

namespace Sluice.Resources;

/// <summary>
/// Names of objects and values of labels that are made of other names. Labels (RFC 1123) hold 63 characters, subdomains 253:
/// what is too long is cut and ends in a hash of the whole, so that two of them stay apart and one stays the same.
/// </summary>
public static class BoundedName
{
    private const int MaxLabelLength = 63;
    private const int MaxSubdomainLength = 253;
    private const int HashLength = 10;

    /// <summary>The parts with hyphens between them, at most 63 characters, no dots and a letter first: fit for Services.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var name = string.Join('-', parts);

        // Names of Services hold no dots, those of Gateways may.
        var plain = name.Replace('.', '-');
        if (!char.IsAsciiLetter(plain[0]))
            plain = $"gw-{plain}";
        return plain.Length <= MaxLabelLength && plain == name ? name : Cut(plain, name, MaxLabelLength);
    }

    /// <summary>At most 63 characters: fit for the value of a label, which may hold dots.</summary>
    public static string Label(string name) => name.Length <= MaxLabelLength ? name : Cut(name, name, MaxLabelLength);

    /// <summary>The parts with hyphens between them, at most 253 characters: fit for every kind whose names may hold dots.</summary>
    public static string Subdomain(params ReadOnlySpan<string> parts)
    {
        var name = string.Join('-', parts);
        return name.Length <= MaxSubdomainLength ? name : Cut(name, name, MaxSubdomainLength);
    }

    private static string Cut(string plain, string name, int maxLength)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
        return $"{plain[..Math.Min(plain.Length, maxLength - HashLength - 1)].TrimEnd('-', '.')}-{hash}";
    }
}
