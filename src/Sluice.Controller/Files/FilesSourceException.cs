namespace Sluice.Controller.Files;

/// <summary>The source cannot work at all: a path that does not exist, or no inotify. The message is for people.</summary>
public sealed class FilesSourceException(string message) : Exception(message);
