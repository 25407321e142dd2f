namespace Sluice.Controller.Streaming;

/// <summary>Whether a token is valid cannot be found out now: the proxy is to try again.</summary>
internal sealed class AuthenticationUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
