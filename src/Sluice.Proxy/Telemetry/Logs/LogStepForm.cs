namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>How a value stands in the line.</summary>
internal enum LogStepForm : byte
{
    /// <summary>In a text: escaped, "-" when it is absent.</summary>
    Text,

    /// <summary>Inside a JSON string with other text: escaped, "-" when it is absent.</summary>
    JsonPart,

    /// <summary>A JSON string of its own, null when it is absent.</summary>
    JsonString,

    /// <summary>A JSON number, null when it is absent.</summary>
    JsonNumber,
}
