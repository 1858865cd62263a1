{{/* Name of all objects. Short enough for '-headless' and '-<ordinal>' behind it. */}}
{{- define "roster.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 48 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 48 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 48 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "roster.headless" -}}
{{- printf "%s-headless" (include "roster.fullname" .) -}}
{{- end -}}

{{/* What selects the members' pods: never changes between versions. */}}
{{- define "roster.selectorLabels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "roster.labels" -}}
{{ include "roster.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "roster.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "roster.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "roster.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "roster.tlsSecret" -}}
{{- default (printf "%s-cluster-tls" (include "roster.fullname" .)) .Values.tls.existingSecret -}}
{{- end -}}

{{/* DNS name of a member's pod, the same as long as the release lives. Called with a dict of root and ordinal. */}}
{{- define "roster.memberHost" -}}
{{- printf "%s-%d.%s.%s.svc" (include "roster.fullname" .root) (int .ordinal) (include "roster.headless" .root) .root.Release.Namespace -}}
{{- end -}}

{{/* All members as the server wants them: id=host:port, with commas. */}}
{{- define "roster.members" -}}
{{- $members := list -}}
{{- range $ordinal := until (int .Values.replicaCount) -}}
{{- $host := include "roster.memberHost" (dict "root" $ "ordinal" $ordinal) -}}
{{- $members = append $members (printf "%s-%d=%s:7401" (include "roster.fullname" $) $ordinal $host) -}}
{{- end -}}
{{- join "," $members -}}
{{- end -}}

{{/* Refuses what a schema cannot express. */}}
{{- define "roster.check" -}}
{{- $replicas := int .Values.replicaCount -}}
{{- if eq (mod $replicas 2) 0 -}}
{{- fail (printf "replicaCount must be odd (1, 3, 5 or 7) and is %d: an even number of members survives no more failures than one member less" $replicas) -}}
{{- end -}}
{{- $running := lookup "apps/v1" "StatefulSet" .Release.Namespace (include "roster.fullname" .) -}}
{{- if $running -}}
{{- if ne (int $running.spec.replicas) $replicas -}}
{{- fail (printf "replicaCount cannot change from %d to %d: members cannot be added to or removed from a running cluster yet" (int $running.spec.replicas) $replicas) -}}
{{- end -}}
{{- end -}}
{{- end -}}
