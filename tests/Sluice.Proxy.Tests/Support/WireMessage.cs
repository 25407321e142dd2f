using System.Globalization;

namespace Sluice.Proxy.Tests.Support;

/// <summary>A message that the proxy wrote, read back.</summary>
internal sealed record WireMessage(string StartLine, IReadOnlyList<WireField> Fields)
{
    /// <summary>Everything up to and including the empty line.</summary>
    public string RawHead { get; init; } = "";

    /// <summary>Without transfer coding.</summary>
    public string Body { get; init; } = "";

    public IReadOnlyList<WireField> Trailers { get; init; } = [];

    public string Method => StartLine.Split(' ')[0];

    public string Target => StartLine.Split(' ')[1];

    public int Status => int.Parse(StartLine.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);

    public bool IsChunked => this["Transfer-Encoding"] is not null;

    /// <summary>Values of all fields of that name joined with ", ", or null if there is none.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value).ToArray();
            return values.Length == 0 ? null : string.Join(", ", values);
        }
    }

    public int Count(string name) => Fields.Count(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => Wire.Show(RawHead + Body, 2000);
}
