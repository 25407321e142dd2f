using System.Globalization;

namespace Sluice.Exporter.Scraping;

/// <summary>
/// Kubernetes' own order of versions: stable ones above beta above alpha, then by number ("v2" above "v1", "v1beta2" above
/// "v1beta1"); names that are no such versions are below all others, in byte order.
/// </summary>
internal sealed class KubernetesVersionOrder : IComparer<string>
{
    public static KubernetesVersionOrder Instance { get; } = new();

    public int Compare(string? x, string? y) => Rank(x ?? "").CompareTo(Rank(y ?? "")) is var order and not 0 ? order : -string.CompareOrdinal(x, y);

    private static (int Stability, int Major, int Minor) Rank(string version)
    {
        if (version is not ['v', .. var rest])
            return default;
        var letters = rest.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (!TryParse(letters < 0 ? rest : rest[..letters], out var major))
            return default;
        if (letters < 0)
            return (3, major, 0);
        var (stability, length) = rest.AsSpan(letters) switch
        {
            ['b', 'e', 't', 'a', ..] => (2, 4),
            ['a', 'l', 'p', 'h', 'a', ..] => (1, 5),
            _ => (0, 0),
        };
        return stability > 0 && TryParse(rest[(letters + length)..], out var minor) ? (stability, major, minor) : default;
    }

    private static bool TryParse(string digits, out int number) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
