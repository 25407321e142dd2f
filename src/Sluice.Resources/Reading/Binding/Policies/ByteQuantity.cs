using System.Globalization;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Kubernetes quantities of bytes: "65536", "64Ki", "1.5Mi", "10M".</summary>
internal static class ByteQuantity
{
    private const int MostDigits = 18;

    /// <summary>False when it is no quantity, or not of whole bytes that 64 bits hold.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long bytes)
    {
        bytes = 0;
        var digits = text.TrimEnd("kKMGTi");
        if (digits.Length is 0 or > MostDigits || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        var unit = text[digits.Length..] switch
        {
            "" => 1L,
            "k" => 1_000,
            "M" => 1_000_000,
            "G" => 1_000_000_000,
            "T" => 1_000_000_000_000,
            "Ki" => 1L << 10,
            "Mi" => 1L << 20,
            "Gi" => 1L << 30,
            "Ti" => 1L << 40,
            _ => 0,
        };
        if (unit == 0 || number > (decimal)long.MaxValue / unit || number * unit % 1 != 0)
            return false;
        bytes = (long)(number * unit);
        return true;
    }
}
