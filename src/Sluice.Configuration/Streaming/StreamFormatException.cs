namespace Sluice.Configuration.Streaming;

/// <summary>What came over the configuration stream, or was kept of it, is not what it must be. The message says what and where.</summary>
public sealed class StreamFormatException(string message, Exception? inner = null) : Exception(message, inner);
