using System.Buffers;
using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry.Logs;

namespace Sluice.Proxy.Filters.HeaderModifiers;

/// <summary>A field whose value is made for each request. Immutable; shared by the workers.</summary>
internal sealed class HeaderTemplate
{
    /// <summary>Octets of a value; a longer one is not written.</summary>
    public const int MaxLength = 8 * 1024;

    // Everything that could end a line, or is no part of a value (RFC 9110 5.5).
    private static readonly SearchValues<byte> Forbidden =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(octet => octet != '\t').Select(octet => (byte)octet), 0x7f]);

    private readonly HeaderStep[] _steps;

    private HeaderTemplate(string name, HeaderStep[] steps)
    {
        Name = Encoding.ASCII.GetBytes(name);
        LowerName = Encoding.ASCII.GetBytes(name.ToLowerInvariant());
        _steps = steps;
    }

    public byte[] Name { get; }

    public byte[] LowerName { get; }

    /// <param name="name">The field.</param>
    /// <param name="segments">Of <see cref="HeaderFormat"/>.</param>
    public static HeaderTemplate Of(string name, IReadOnlyList<LogSegment> segments) => new(name, [.. segments.Select(Step)]);

    /// <summary>A value that is the same for all requests.</summary>
    public static HeaderTemplate Of(string name, string value) =>
        new(name, [new HeaderStep { Operator = LogOperator.Literal, Text = Encoding.UTF8.GetBytes(value), Alternative = [], MaxLength = MaxLength }]);

    /// <summary>Writes the value for a request.</summary>
    /// <returns>Its octets; 0 when there is nothing to say, or what would be said is no value of a field.</returns>
    public int Write(RequestHead head, FilterContext context, Span<byte> target)
    {
        int length = 0;
        foreach (ref readonly HeaderStep step in _steps.AsSpan())
        {
            int written = RequestValues.Write(step, head, context, target[length..]);
            if (written < 0)
                return 0;
            length += written;
        }
        ReadOnlySpan<byte> value = target[..length];
        if (value.ContainsAny(Forbidden))
            return 0;
        ReadOnlySpan<byte> trimmed = value.Trim(" \t"u8);
        int trimmedLength = trimmed.Length;
        if (trimmedLength < length)
            trimmed.CopyTo(target);
        return trimmedLength;
    }

    private static HeaderStep Step(LogSegment segment) => new()
    {
        Operator = segment.Operator,
        Text = Encoding.UTF8.GetBytes(segment.Text),
        Alternative = segment.Alternative is { } alternative ? Encoding.UTF8.GetBytes(alternative) : [],
        MaxLength = segment.MaxLength < 0 ? MaxLength : segment.MaxLength,
        Time = segment.Operator == LogOperator.StartTime && segment.Text.Length > 0 ? new TimePattern(segment.Text) : null,
    };
}
