using Sluice.Configuration.Telemetry.Formats;

namespace Sluice.Configuration.Policies;

/// <summary>
/// Values of fields as text with Envoy's command operators, of which those are allowed that are known before the request goes on. %% is a
/// percent sign.
/// </summary>
public static class HeaderFormat
{
    /// <summary>Characters of a format: 4,096.</summary>
    public const int MaxLength = 4096;

    private static readonly LogOperator[] Allowed =
    [
        LogOperator.Literal, LogOperator.Request, LogOperator.DownstreamRemoteAddressWithoutPort, LogOperator.DownstreamTlsVersion,
        LogOperator.DownstreamTlsCipher, LogOperator.DownstreamPeerSubject, LogOperator.RequestedServerName, LogOperator.StartTime,
        LogOperator.Hostname, LogOperator.Protocol,
    ];

    /// <summary>For messages: what may stand between percent signs.</summary>
    public static string Operators { get; } =
        string.Join(", ", LogOperators.ByName.Where(known => Allowed.Contains(known.Value)).Select(known => known.Key).Order(StringComparer.Ordinal));

    /// <exception cref="LogFormatException">The text is no format, or asks for something that is not known yet.</exception>
    public static IReadOnlyList<LogSegment> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
            throw new LogFormatException($"the value has {text.Length} characters; at most {MaxLength} are allowed");
        var segments = FormatParser.Parse(text);
        foreach (var segment in segments)
        {
            if (!Allowed.Contains(segment.Operator))
            {
                var name = LogOperators.ByName.First(known => known.Value == segment.Operator).Key;
                throw new LogFormatException($"%{name}% is not known when fields are changed; there are {Operators}");
            }
        }

        return segments;
    }
}
