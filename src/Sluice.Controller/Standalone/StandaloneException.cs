namespace Sluice.Controller.Standalone;

/// <summary>Sluice cannot start at all: a path that does not exist, or an admin address that is taken. The message is for people.</summary>
public sealed class StandaloneException(string message, Exception? cause = null) : Exception(message, cause);
