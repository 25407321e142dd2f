{{/* The labels that tell the controller's Pods from all others. */}}
{{- define "sluice.selector" -}}
app.kubernetes.io/name: sluice
app.kubernetes.io/component: controller
{{- end }}

{{- define "sluice.labels" -}}
{{ include "sluice.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{/* The labels that tell the exporter's Pod from all others. */}}
{{- define "sluice.exporter.selector" -}}
app.kubernetes.io/name: sluice
app.kubernetes.io/component: exporter
{{- end }}

{{- define "sluice.exporter.labels" -}}
{{ include "sluice.exporter.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{- define "sluice.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* "true" when the controller serves the Gateways itself, otherwise empty. */}}
{{- define "sluice.host" -}}
{{- if eq .Values.infrastructure "host" }}true{{ end }}
{{- end }}

{{/* Two controllers on one node would want the same ports. */}}
{{- define "sluice.replicas" -}}
{{- if include "sluice.host" . }}1{{ else }}{{ .Values.replicas }}{{ end }}
{{- end }}

{{/* More labels of monitors and rules. */}}
{{- define "sluice.monitoring.labels" -}}
{{- with .Values.monitoring.labels }}{{ toYaml . }}{{ end }}
{{- end }}
