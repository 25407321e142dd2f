namespace Sluice.Controller.Addresses;

/// <summary>A pool's addresses cannot be used: the message says why, and what would help.</summary>
internal sealed class AddressPoolException(string message) : Exception(message);
