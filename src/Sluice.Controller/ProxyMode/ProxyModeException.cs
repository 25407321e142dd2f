namespace Sluice.Controller.ProxyMode;

/// <summary>The proxy cannot start as it was told to. The message says why, and what would be right.</summary>
public sealed class ProxyModeException(string message, Exception? inner = null) : Exception(message, inner);
