using System.Globalization;

namespace Sluice.Expressions.Cel;

/// <summary>A range of IP addresses in CIDR notation; host bits are kept, as Kubernetes does.</summary>
internal sealed record CelRange(AddressBits Address, int Prefix)
{
    public bool Contains(AddressBits address) => address.IsV6 == Address.IsV6 && address.Masked(Prefix) == Address.Masked(Prefix);

    public bool Contains(CelRange other) => other.Prefix >= Prefix && Contains(other.Address);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Prefix}");

    public static bool TryParse(ReadOnlySpan<byte> text, out CelRange? range)
    {
        range = null;
        var slash = text.IndexOf((byte)'/');
        if (slash < 0 || !CelAddress.TryParse(text[..slash], out var address))
            return false;
        var digits = text[(slash + 1)..];
        if (digits.Length is 0 or > 3 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (digits.Length > 1 && digits[0] == '0'))
            return false;
        var prefix = int.Parse(digits, CultureInfo.InvariantCulture);
        range = new CelRange(address, prefix);
        return prefix <= address.Width;
    }
}
