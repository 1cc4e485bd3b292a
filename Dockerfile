# A grid node. Its jar is built first: mvn package
# The base is one version exactly, so that only a commit changes it.
FROM eclipse-temurin:17.0.19_10-jre-noble

# The folder is for records on disk: mount a volume of one node there, and set IGNITE_TASKS_STORE=/records.
RUN groupadd --gid 10001 grid \
    && useradd --uid 10001 --gid grid --no-create-home --shell /usr/sbin/nologin grid \
    && install --directory --owner=grid --group=grid --mode=0700 /records

WORKDIR /app
COPY config/jvm-opens.args config/health.sh ./
COPY target/ignite-task-runner-*-node.jar node.jar

# By number, so that whoever runs the image can tell that it is not root.
USER 10001:10001

# A container listens on the networks that it is given.
ENV IGNITE_TASKS_HOST=0.0.0.0

# A shell script, as a JVM every few seconds would cost each container a part of a processor.
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 \
    CMD ["sh", "health.sh", "/tmp/node.status"]

# With -cp and not -jar, which would ignore it: classes and jars that are put into the folder "classpath" are on the
# class path of the node. It needs none of the tasks that it runs, as their classes come with them.
ENTRYPOINT ["java", "@jvm-opens.args", "-XX:MaxRAMPercentage=40", "-cp", "node.jar:classpath:classpath/*"]
CMD ["io.github.ignitetasks.node.GridNode", "--status-file=/tmp/node.status"]
