namespace Sluice.Controller.RateLimits;

/// <summary>A configuration of limits cannot be used; the message names file, line and field.</summary>
public sealed class LimitConfigurationException(string message) : Exception(message);
